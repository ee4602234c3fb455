// Makes the calls of npm's meilisearch that sites make; prints what came of each as one JSON object.
// Arguments: the client's module, the address of /meili, the name of the index.

const [, , module, host, uid] = process.argv;
const { Meilisearch } = await import(module);

const client = new Meilisearch({ host, apiKey: "kunci" });
const index = client.index(uid);
const missing = client.index("news");
const without = new Meilisearch({ host });

const calls = {
  health: () => without.health(),
  isHealthy: () => client.isHealthy(),
  version: () => client.getVersion(),
  stats: () => client.getStats(),
  indexes: () => client.getIndexes(),
  index: () => client.getRawIndex(uid),
  settings: () => index.getSettings(),
  indexStats: () => index.getStats(),
  searchNothing: () => index.search(undefined),
  search: () =>
    index.search("netralitas", {
      filter: ["year >= 2020", ["place = Lebak", "place = Amuntai"]],
      facets: ["place", "year"],
      sort: ["published:desc"],
      attributesToRetrieve: ["id", "title"],
      attributesToHighlight: ["title"],
      attributesToCrop: ["body"],
      cropLength: 5,
      showMatchesPosition: true,
      showRankingScore: true,
      matchingStrategy: "all",
    }),
  page: () => index.search("banjir", { page: 2, hitsPerPage: 10 }),
  searchGet: () =>
    index.searchGet("banjir", {
      filter: "place = Demak",
      facets: ["source", "year"],
      sort: ["published:asc"],
      attributesToRetrieve: ["id"],
      limit: 3,
    }),
  multi: () =>
    client.multiSearch({
      queries: [
        { indexUid: uid, q: "banjir", limit: 1 },
        { indexUid: uid, q: "netralitas", limit: 0 },
      ],
    }),
  facet: () => index.searchForFacetValues({ facetName: "place", facetQuery: "dem", q: "banjir" }),
  documents: () => index.getDocuments({ limit: 2, fields: ["id", "place"] }),
  filtered: () => index.getDocuments({ filter: "place = Lebak", fields: ["id"] }),
  document: () => index.getDocument("netralitas-lebak", { fields: ["id", "year"] }),
  noDocument: () => index.getDocument("tidak-ada"),
  noIndex: () => missing.search("banjir"),
  wrongFilter: () => index.search("", { filter: "warna = merah" }),
  wrongSort: () => index.search("", { sort: ["title:asc"] }),
  add: () => index.addDocuments([{ id: "baru" }]),
  change: () => index.updateSettings({ stopWords: ["yang"] }),
  remove: () => client.deleteIndex(uid),
};

const came = {};
for (const [name, call] of Object.entries(calls)) {
  try {
    came[name] = await call();
  } catch (error) {
    came[name] = { error: error.name, status: error.response?.status, ...error.cause };
  }
}
console.log(JSON.stringify(came));
