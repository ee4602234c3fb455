// Suggestions under the search box (ARIA 1.2 combobox, list autocomplete with manual selection). Without
// this file the box is a plain search field. What was searched before stays in this browser.
"use strict";

(() => {
  const input = document.getElementById("q");
  const form = input?.form;
  if (!form?.dataset.suggest) return;

  const texts = form.dataset;
  const WAIT_MS = 90;
  const AGAIN_MS = 400;
  const MOST_RECENT = 20;
  const SHOWN_RECENT = 5;
  const KEY = `telusur.recent:${new URL(form.action).pathname}`;

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  // Recent searches. Storage may be blocked or full: then there are none.

  const recent = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(kept) ? kept.filter((text) => typeof text === "string") : [];
    } catch {
      return [];
    }
  };

  const remember = (text) => {
    const query = text.trim().slice(0, 200);
    if (!query) return;
    const others = recent().filter((other) => other.toLowerCase() !== query.toLowerCase());
    try {
      localStorage.setItem(KEY, JSON.stringify([query, ...others].slice(0, MOST_RECENT)));
    } catch {
      // as if it had never been typed
    }
  };

  const forget = () => {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // nothing was kept
    }
  };

  // The list

  // The way to forget stands beside the list: it is no suggestion, and nobody comes to it by chance.
  const popup = make("div", "suggestions");
  popup.hidden = true;
  const list = make("ul");
  list.id = "saran";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", texts.label);
  const status = make("div", "unseen");
  status.setAttribute("role", "status");
  const clear = make("button", "clear", texts.clear);
  clear.type = "button";
  popup.append(list, clear);
  input.after(popup);
  form.append(status);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ]) input.setAttribute(name, value);

  let shown = [];
  let active = -1;

  const close = () => {
    popup.hidden = true;
    clear.textContent = texts.clear;
    shown = [];
    activate(-1);
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
  };

  const activate = (number) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = number;
    const option = list.children[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  // What is written twice is told twice.
  const tell = (text) => {
    if (status.textContent !== text) status.textContent = text;
  };

  // Numbers are those of the whole archive: beside filters that the box sends along they would say too much.
  const isNarrowed = () =>
    [...form.querySelectorAll("input[type=hidden]")].some(({ name }) => !["lang", "sort", "per_page"].includes(name));

  const articles = (count) =>
    count === 1 ? texts.one : texts.many.replace("2", count.toLocaleString(document.documentElement.lang));

  const option = (each, number) => {
    const element = make("li", each.kind);
    element.id = `saran-${number}`;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", "false");
    const text = make("span", "offer");
    text.lang = "id";
    const typed = input.value.trimStart();
    if (typed && each.text.toLowerCase().startsWith(typed.toLowerCase())) {
      text.append(each.text.slice(0, typed.length), make("b", "", each.text.slice(typed.length)));
    } else {
      text.textContent = each.text;
    }
    element.append(text);
    const note = { title: texts.title, correction: texts.correction, recent: texts.recent }[each.kind];
    if (note) element.append(" ", make("span", "note", note));
    if (each.count && !isNarrowed()) element.append(" ", make("span", "note", articles(each.count)));
    return element;
  };

  const show = (offered) => {
    const own = recent();
    const typed = input.value.trim().toLowerCase();
    const fitting = typed
      ? own.filter((text) => text.toLowerCase().startsWith(typed) && text.toLowerCase() !== typed).slice(0, 2)
      : own.slice(0, SHOWN_RECENT);
    const known = new Set(fitting.map((text) => text.toLowerCase()));
    shown = fitting.map((text) => ({ text, kind: "recent" }));
    shown.push(...offered.filter(({ text, kind }) => kind === "title" || !known.has(text.toLowerCase())));
    clear.hidden = !fitting.length;
    if (!shown.length) {
      close();
      tell("");
      return;
    }
    activate(-1);
    list.replaceChildren(...shown.map(option));
    popup.hidden = false;
    input.setAttribute("aria-expanded", "true");
    clear.textContent = texts.clear;
    const [{ text, kind }] = shown;
    tell((kind === "correction" ? `${texts.correction}: ${text}. ` : "") + texts.found.replace("{num}", shown.length));
  };

  // What the server offers

  const answers = new Map();
  let asked = null;
  let timer = 0;

  const stop = () => {
    clearTimeout(timer);
    asked?.abort();
    asked = null;
  };

  const ask = async (typed, isAgain = false) => {
    stop();
    const request = (asked = new AbortController());
    const address = new URL(texts.suggest, location.href);
    address.searchParams.set("q", typed);
    try {
      const response = await fetch(address, { signal: request.signal });
      if (!response.ok) return;
      const { suggestions } = await response.json();
      const isWhole = response.headers.get("Cache-Control") !== "no-store";
      if (isWhole) answers.set(typed, suggestions);
      if (answers.size > 60) answers.delete(answers.keys().next().value);
      // Nothing moves under somebody who has begun to choose.
      if (asked !== request || (isAgain && (popup.hidden || active >= 0 || list.matches(":hover")))) return;
      show(suggestions);
      if (!isWhole && !isAgain && !popup.hidden) timer = setTimeout(ask, AGAIN_MS, typed, true);
    } catch {
      // Left for a later request, or the server is away: the box works without.
    }
  };

  const complete = () => {
    stop();
    const typed = input.value.trimStart();
    if (!typed || answers.has(typed)) show(answers.get(typed) ?? []);
    else timer = setTimeout(ask, WAIT_MS, typed);
  };

  const choose = ({ text, kind, id }) => {
    stop();
    close();
    if (kind === "title") {
      location.assign(texts.article.replace(/_(?=\?|$)/, () => encodeURIComponent(id)));
      return;
    }
    input.value = text;
    form.requestSubmit();
  };

  // Who uses it

  input.addEventListener("input", (event) => {
    if (!event.isComposing) complete();
  });
  input.addEventListener("compositionend", complete);
  input.addEventListener("click", () => {
    if (popup.hidden) complete();
  });
  form.addEventListener("focusout", (event) => {
    if (event.target !== input && event.target !== clear) return;
    if ([input, clear].includes(event.relatedTarget)) return;
    stop();
    close();
  });
  form.addEventListener("submit", () => {
    stop();
    close();
    remember(input.value);
  });
  window.addEventListener("pageshow", close);

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const down = event.key === "ArrowDown";
    if (down || event.key === "ArrowUp") {
      event.preventDefault();
      if (popup.hidden) {
        complete();
        return;
      }
      // Before the first and behind the last one is the box itself.
      const places = shown.length + 1;
      activate(((active + 1 + (down ? 1 : places - 1)) % places) - 1);
    } else if (event.key === "Escape" && !popup.hidden) {
      event.preventDefault(); // which would empty the box
      stop();
      close();
      tell("");
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(shown[active]);
    } else if (event.key === "Tab" && active >= 0 && shown[active].kind !== "title") {
      input.value = shown[active].text;
    }
  });

  clear.addEventListener("click", () => {
    if (clear.textContent !== texts.again) { // nobody who only passes by loses what is kept
      tell(clear.textContent = texts.again);
      return;
    }
    stop();
    forget();
    input.focus();
    close();
    tell(texts.cleared);
  });
  clear.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    input.focus();
    close();
    tell("");
  });

  // The box keeps the focus while the list is pressed.
  popup.addEventListener("pointerdown", (event) => event.preventDefault());
  popup.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const place = [...list.children].indexOf(event.target.closest("li"));
    if (place >= 0) choose(shown[place]);
  });
})();
