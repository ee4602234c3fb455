// Tells the archive which result of a search was opened: its place in the list, and nothing about who opened it.
"use strict";
{
  const address = document.currentScript.dataset.address;
  const query = new URLSearchParams(location.search).get("q") ?? "";
  const tell = (event) => {
    if (event.type === "auxclick" && event.button !== 1) return;
    const link = event.target.closest?.(".result h2 a");
    const position = Number(link?.closest(".result").id.replace("hasil-", ""));
    const asked = new URLSearchParams(location.search).get("q") ?? query;
    if (!position || !asked) return;
    navigator.sendBeacon(address, JSON.stringify({ q: asked, position, face: "page" }));
  };
  document.addEventListener("click", tell);
  document.addEventListener("auxclick", tell);
}
