"use strict";

import { instantMeiliSearch } from "@meilisearch/instant-meilisearch";

const { host, index, key } = document.body.dataset;
const pages = document.querySelector("#halaman");

const { searchClient } = instantMeiliSearch(host, key, {
  finitePagination: pages !== null, // pakai halaman bernomor, jumlahnya tepat
  primaryKey: "id",
});

const search = instantsearch({
  indexName: index,
  searchClient,
  future: { preserveSharedStateOnUnmount: true },
});

const {
  clearRefinements,
  configure,
  hits,
  infiniteHits,
  pagination,
  rangeInput,
  refinementList,
  searchBox,
  sortBy,
  stats,
} = instantsearch.widgets;

const item = (hit, { html, components }) => html`
  <article>
    <h3><a href=${hit.url || hit.address || null}>${components.Highlight({ attribute: "title", hit })}</a></h3>
    <p>${components.Snippet({ attribute: "body", hit })}</p>
    <p class="asal">${[hit.source, hit.place, hit.published].filter(Boolean).join(" · ")}</p>
  </article>
`;
const empty = (results, { html }) => html`<p>Tidak ada artikel untuk “${results.query}”.</p>`;

search.addWidgets([
  configure({ hitsPerPage: 10, attributesToSnippet: ["body:20"], snippetEllipsisText: "…" }),
  searchBox({ container: "#kotak", placeholder: "Kata yang dicari" }),
  sortBy({
    container: "#urutan",
    items: [
      { label: "Paling sesuai", value: index },
      { label: "Terbaru", value: `${index}:published:desc` },
      { label: "Terlama", value: `${index}:published:asc` },
    ],
  }),
  stats({
    container: "#jumlah",
    templates: { text: ({ nbHits }, { html }) => html`${nbHits.toLocaleString("id")} artikel` },
  }),
  refinementList({
    container: "#sumber",
    attribute: "source",
    searchable: true,
    searchablePlaceholder: "Cari sumber",
    limit: 5,
    showMore: true,
    templates: { showMoreText: ({ isShowingMore }) => (isShowingMore ? "Lima teratas" : "Semua sumber") },
  }),
  refinementList({ container: "#tempat", attribute: "place", limit: 5 }),
  rangeInput({
    container: "#tahun",
    attribute: "year",
    templates: { separatorText: "sampai", submitText: "Saring" },
  }),
  clearRefinements({ container: "#bersihkan", templates: { resetLabel: "Hapus saringan" } }),
  pages === null
    ? infiniteHits({ container: "#lanjutan", templates: { item, empty, showMoreText: "Lebih banyak" } })
    : hits({ container: "#hasil", templates: { item, empty } }),
  ...(pages === null ? [] : [pagination({ container: pages })]),
]);

const trouble = document.querySelector("#galat");
search.on("error", ({ error }) => {
  trouble.textContent = error.message;
  trouble.hidden = false;
});
search.on("render", () => {
  trouble.hidden = search.status !== "error";
});

search.start();
