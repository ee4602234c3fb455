// An article: from one marked word to the next without loading the page, and copying at one press.
"use strict";

(() => {
  const bar = document.querySelector(".marks");
  if (!bar) return;
  const marks = document.querySelectorAll("mark[id]");
  const [previous, next] = bar.querySelectorAll("a");
  const counter = bar.querySelector("[role=status]");

  // Where the reader is stands in the address alone, so that :target, Back and a shared address agree.
  const current = () => [...marks].findIndex((mark) => `#${mark.id}` === location.hash);
  const beside = (step) => {
    let from = current();
    if (from < 0) { // begin where the reader is
      const below = [...marks].findIndex((mark) => mark.getBoundingClientRect().top > 0);
      from = Math.max(below, 0) - (step > 0 ? 1 : 0);
    }
    return `#${marks[(from + step + marks.length) % marks.length].id}`;
  };
  // A few words around a mark, for those who hear where they are.
  const around = (mark) => {
    const block = mark.closest("p, li, td, th, blockquote, h1, h2, h3, h4, .text");
    const [before, after] = [document.createRange(), document.createRange()];
    before.selectNodeContents(block);
    before.setEndBefore(mark);
    after.selectNodeContents(block);
    after.setStartAfter(mark);
    const start = `${before}`.replace(/\s+/g, " ").match(/(\S+ ?){0,3}$/)[0];
    const end = `${after}`.replace(/\s+/g, " ").match(/^\S*( ?\S+){0,4}/)[0];
    return `… ${start}${mark.textContent}${end} …`;
  };
  const update = () => {
    previous.href = beside(-1);
    next.href = beside(1);
    const at = current();
    if (at < 0) return;
    const number = (at + 1).toLocaleString(document.documentElement.lang);
    const text = bar.dataset.pattern.replace("{number}", number);
    if (counter.firstChild.data === text) return; // what is written twice is told twice
    const where = document.createElement("span");
    where.className = "unseen";
    where.lang = marks[at].parentElement.closest("[lang]").lang;
    where.textContent = `: ${around(marks[at])}`;
    counter.replaceChildren(text, where);
  };
  const go = (link, step) => {
    location.replace(beside(step)); // no entry in the history: Back leads to the results
    update();
    link?.focus({ preventScroll: true }); // which going to a fragment takes away
  };

  for (const [link, step] of [[previous, -1], [next, 1]]) {
    link.setAttribute("aria-describedby", "cara-cocok");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(link, step);
    });
  }
  // Only while the bar has the focus: elsewhere a single letter may be meant for a screen reader.
  bar.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { // on to the text, where the reader is
      if (current() < 0) go(null, 1);
      const mark = marks[current()];
      mark.tabIndex = -1;
      mark.focus({ preventScroll: true });
      return;
    }
    const back = ["ArrowLeft", "p"].includes(event.key);
    if (!back && !["ArrowRight", "n"].includes(event.key)) return;
    event.preventDefault();
    go(back ? previous : next, back ? -1 : 1);
  });
  addEventListener("hashchange", update);
  update();
})();

(() => {
  const cite = document.querySelector(".cite");
  if (!cite) return;
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  cite.append(status);
  const select = (source) => {
    const range = document.createRange();
    range.selectNodeContents(source);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };
  const copy = async (source) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(source.textContent.trim());
    select(source); // a site without https has no clipboard but by the old way
    if (!document.execCommand("copy")) throw new Error("copying is not allowed");
  };
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    const [word] = button.children;
    const before = word.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await copy(source);
      } catch {
        select(source); // what is left is the keyboard of the reader
        status.textContent = cite.dataset.failed;
        return;
      }
      word.textContent = status.textContent = cite.dataset.done;
      setTimeout(() => { word.textContent = before; status.textContent = ""; }, 3000);
    });
  }
})();
