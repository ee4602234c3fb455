// Filters without leaving the page: what a link would open is fetched and put in its place.
"use strict";
{
  const results = document.getElementById("hasil") && document.getElementById("isi");
  const dialog = document.getElementById("pilihan");
  const list = dialog?.querySelector("div");
  const here = () => location.pathname + location.search;
  let shown = here();
  let wanted = shown;

  // Where a link leads: what it changes of the question that is shown, in the one that is on its way by now.
  const onward = (link, shown, wanted) => {
    const url = new URL(link, location.href);
    if (wanted === shown) return url;
    const [from, to, on] = [shown, url, wanted].map((each) => new URL(each, url).searchParams);
    for (const [name, value] of from) if (!to.has(name, value)) on.delete(name, value);
    for (const [name, value] of to) if (!from.has(name, value)) on.append(name, value);
    url.search = on;
    return url;
  };

  // The page at an address; nothing if another one was asked for meanwhile, or if it cannot be had.
  const newest = new Map();
  const fetched = async (address, of) => {
    const mine = (newest.get(of) ?? 0) + 1;
    newest.set(of, mine);
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(answer.statusText);
      const text = await answer.text();
      return mine === newest.get(of) ? new DOMParser().parseFromString(text, "text/html") : null;
    } catch {
      if (mine === newest.get(of)) location.assign(address);
      return null;
    }
  };

  // What has the focus, in words that hold after it was replaced: its section, and the value it stands for.
  const nameOf = (link) => (link.querySelector(".value") ?? link).textContent;
  const titleOf = (group) => group.getAttribute("aria-labelledby") ?? group.className;
  const placeOf = (element) => {
    const group = element?.closest("section[aria-labelledby], .values, .chips");
    const at = group && [...group.querySelectorAll("a")].indexOf(element);
    return group && { group: titleOf(group), name: nameOf(element), id: element.id, at };
  };
  const readOn = (root) => {
    const heading = root.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };
  const focusOn = (place, root) => {
    if (!place) { // went back
      if (document.activeElement === document.body) readOn(root);
      return;
    }
    const groups = [root, ...root.querySelectorAll("section[aria-labelledby], .chips")];
    const group = groups.find((each) => titleOf(each) === place.group);
    const same = place.id && document.getElementById(place.id);
    const links = [...(group?.querySelectorAll("a, button") ?? [])];
    const isEvery = (link) => link.closest(".every");
    let found = same || links.find((link) => nameOf(link) === place.name) || links.find(isEvery);
    if (!found && place.group === "chips") { // on to the next one, else to the values or the heading
      found = links[place.at] ?? links.at(-1) ?? root.querySelector(".choices a");
      if (!found) return readOn(root);
    }
    (found ?? root).focus({ preventScroll: true });
  };

  const textOf = (root, selector) => [...root.querySelectorAll(selector)].map((each) => each.textContent).reverse().join(" ");

  const silent = new Map();
  const tell = (status, text) => {
    status.textContent = text;
    clearTimeout(silent.get(status));
    silent.set(status, setTimeout(() => { status.textContent = ""; }, 5000)); // who reads on meets it once
  };
  // Only with this script they open a dialog.
  const promise = () => {
    for (const link of results.querySelectorAll(".every a")) link.setAttribute("aria-haspopup", "dialog");
  };

  // Show the results of another question; the filters stay as they are, open or not.
  const show = async (address, place, push = true) => {
    const url = new URL(address, location.href);
    url.searchParams.delete("panel");
    url.hash = "";
    wanted = url.pathname + url.search;
    results.setAttribute("aria-busy", "true");
    const page = await fetched(url, results);
    if (!page) return;
    if (push) history.pushState(null, "", url);
    shown = here();
    const open = results.querySelector(".filters > details")?.open;
    const top = results.querySelector(".filter-groups")?.scrollTop;
    const height = results.querySelector(".filters")?.offsetTop;
    document.title = page.title;
    for (const selector of ["link[rel=alternate]", "link[rel=prev]", "link[rel=next]"]) {
      document.head.querySelector(selector)?.remove();
      const link = page.head.querySelector(selector);
      if (link) document.head.append(link);
    }
    const form = document.querySelector("form.search");
    for (const field of form.querySelectorAll("input[type=hidden]")) field.remove();
    form.append(...page.querySelectorAll("form.search input[type=hidden]"));
    document.querySelector(".foot").replaceWith(page.querySelector(".foot"));
    results.replaceChildren(...page.getElementById("isi").childNodes);
    results.removeAttribute("aria-busy");
    const panel = results.querySelector(".filters > details");
    const wrong = results.querySelector("[aria-invalid]");
    if (panel) {
      panel.open = Boolean(open || wrong);
      panel.querySelector(".filter-groups").scrollTop = top ?? 0;
      if (panel.open && height !== undefined) scrollBy(0, panel.parentElement.offsetTop - height);
    }
    promise();
    if (wrong) wrong.focus();
    else focusOn(place, results);
    tell(document.getElementById("kabar"), textOf(results, ".wrong, h1"));
  };

  // Who leaves the dialog, however, sees the results of what was chosen in it.
  let opened = null; // the place of the link that opened the dialog
  let before = null; // the way to the results when it was opened
  let pending = false;
  const way = () => list.querySelector(".see a")?.getAttribute("href");
  const leave = () => {
    if (!pending && way() && way() !== before) show(before = way(), opened);
  };

  // Show all values of a facet in the dialog; what is being typed and how far one has scrolled stay.
  const status = dialog?.querySelector("[role=status]");
  const [see] = dialog?.querySelectorAll("button") ?? [];
  let listed = null;
  let listing = null;
  const fill = async (address, stay = false, open = false) => {
    pending = true;
    listing = String(address);
    const page = await fetched(address, dialog);
    if (!page) return;
    pending = false;
    listed = listing;
    const values = page.getElementById("daftar");
    if (!values) return;
    const box = list.querySelector("#cari-nilai");
    const place = dialog.open && placeOf(document.activeElement);
    const top = list.querySelector(".choices")?.scrollTop ?? 0;
    const typed = box && [box.value, box.selectionStart, box.selectionEnd];
    list.replaceChildren(values);
    if (!open && !dialog.open) return leave();
    if (open) before = way();
    see.textContent = list.querySelector(".see").textContent;
    see.hidden = way() === before;
    const field = list.querySelector("#cari-nilai");
    if (typed) [field.value, field.selectionStart, field.selectionEnd] = typed;
    if (!dialog.open) dialog.showModal();
    if (place) focusOn(place, values);
    else (matchMedia("(pointer: fine)").matches ? field : values).focus(); // a keyboard on the screen hides the list
    const choices = list.querySelector(".choices");
    if (choices && stay) choices.scrollTop = top;
    tell(status, textOf(list, stay ? ".see" : "#banyaknya, .page-number"));
  };

  const asked = (form) => {
    const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
    return `${form.getAttribute("action")}?${new URLSearchParams(pairs)}`;
  };

  if (results && dialog) {
    promise();
    dialog.addEventListener("close", leave);
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      const other = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
      if (!link || other || event.defaultPrevented) return;
      const href = link.getAttribute("href");
      if (dialog.contains(link)) {
        event.preventDefault();
        if (!link.closest(".see")) return void fill(onward(href, listed, listing), Boolean(link.closest(".choices, .chips")));
        const panel = results.querySelector(".filters > details");
        if (panel?.querySelector(".see").offsetParent) [panel.open, opened] = [false, null]; // it covers the results
        dialog.close();
      } else if (link.closest(".filters .see")) {
        event.preventDefault();
        link.closest("details").open = false;
        (document.getElementById("setelah-linimasa") ?? results).focus({ preventScroll: true });
        results.scrollIntoView();
      } else if (link.closest(".filters .every")) {
        event.preventDefault();
        opened = placeOf(link);
        list.replaceChildren();
        fill(href, false, true);
      } else if (link.closest(".filters li, .chips")) {
        event.preventDefault();
        show(onward(href, shown, wanted), placeOf(link));
      }
    });

    document.addEventListener("submit", (event) => {
      if (!event.target.matches(".days, .find")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.target.matches(".find")) fill(asked(event.target));
      else show(asked(event.target), placeOf(event.target.contains(document.activeElement) ? document.activeElement : event.submitter));
    }, true);

    let waiting = 0;
    list.addEventListener("input", (event) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => fill(asked(event.target.form)), 150);
    });

    addEventListener("popstate", () => {
      list.replaceChildren(); // going back gives up what was chosen
      dialog.close();
      if (here() !== shown) show(location.href, null, false);
    });
  }
}
