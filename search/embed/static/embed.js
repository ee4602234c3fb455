// <telusur-search>: the search of a Telusur archive on any page of any site. No dependency. It works under a
// content security policy that allows scripts and connections of the archive's server alone, and with trusted
// types: its style is a constructed sheet, and everything that is shown is built as text, never as HTML.

// The server fills these in: the texts of the catalogue by language, that of the site first, embed.css, and
// where it counts which results are opened, if it does.
const TEXTS = {};
const SHEET = "";
const CLICKS = "";

const HOME = new URL(".", import.meta.url);
const FACETS = ["source", "place", "author", "topic", "year"];
const STATE = ["q", "page", "sort", "from", "to", ...FACETS, "correct", "period"];
const FIRST_VALUES = 6;
const TYPING_MS = 90;
const AGAIN_MS = 400;
const MOST_KEPT = 60;
const SLOW_MS = 400; // what moves later than that would move under somebody who reads
const LONGEST_MS = 20_000;

const sheet = new CSSStyleSheet();
sheet.replaceSync(SHEET);

const make = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
};

const CHARACTERS = { amp: "&", lt: "<", gt: ">", quot: '"' };

const plain = (html) =>
  html.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) =>
    name ? (CHARACTERS[name] ?? whole) : String.fromCodePoint(decimal ?? parseInt(hex, 16)),
  );

// Escaped text whose only element is <mark>. Whatever else were in it would be shown as it is written.
const marked = (html) =>
  html.split(/<mark>(.*?)<\/mark>/s).map((part, number) => (number % 2 ? make("mark", { part: "mark" }, plain(part)) : plain(part)));

const quoted = (html) => `“${plain(html.replace(/<\/?mark>/g, ""))}”`;

const webAddress = (text, base) => {
  try {
    const address = new URL(text, base);
    return /^https?:$/.test(address.protocol) ? address.href : "";
  } catch {
    return "";
  }
};

class Refused extends Error {}

class TelusurSearch extends HTMLElement {
  static observedAttributes = [
    ...["server", "key", "lang", "label", "placeholder", "q", "filter", "per-page", "browse", "suggestions", "facets", "dates"],
    ...["sorts", "link", "target", "heading", "address", "modal", "shortcut", "theme"],
  ];

  #asked = new URLSearchParams();
  #kept = new Map(); // what was suggested for a text
  #offered = [];
  #active = -1;
  #typing = 0;

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
  }

  // What pages may call

  /** The text in the box. */
  get value() {
    return this.#input?.value ?? "";
  }

  set value(text) {
    if (this.#input) this.#input.value = text;
  }

  /** Search for a text; filters and order stay. */
  search(text) {
    for (const name of ["page", "correct", "period"]) this.#asked.delete(name);
    this.#set("q", text.trim());
    this.value = text;
    return this.#ask();
  }

  /** Open the window (`modal`), or go to the box. */
  open() {
    if (this.#dialog && !this.#dialog.open) {
      this.#dialog.showModal();
      if (!this.#asking && this.#isAsking) this.#ask();
    }
    this.#input.focus();
    this.#input.select();
  }

  /** Close the window; the focus goes back to where it was. */
  close() {
    this.#dialog?.close();
  }

  focus(options) {
    (this.#opener ?? this.#input)?.focus(options);
  }

  // Life on the page

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    addEventListener("keydown", (event) => this.#onShortcut(event), { signal });
    addEventListener("popstate", () => this.#hasAddress && this.#seen !== location.search && this.#begin(true), { signal });
    this.#build();
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#asking?.abort();
    this.#stopSuggesting();
  }

  attributeChangedCallback(name, before, after) {
    if (!this.#life || before === after) return;
    if (name === "q") this.#asked = new URLSearchParams();
    clearTimeout(this.#changed);
    this.#changed = setTimeout(() => this.isConnected && this.#build());
  }

  #build() {
    this.#asking?.abort();
    this.#asking = null;
    this.#kept.clear();
    const wanted = (this.closest("[lang]") ?? document.documentElement).lang.slice(0, 2).toLowerCase();
    this.#lang = wanted in TEXTS ? wanted : Object.keys(TEXTS)[0];
    this.#fixed = new URLSearchParams(this.getAttribute("filter") ?? "");
    // Several on one page have to be told apart by who only hears of them.
    const number = [...document.querySelectorAll("telusur-search")].indexOf(this);
    const label = this.getAttribute("label") || this.#text("label") + (number > 0 ? ` ${number + 1}` : "");
    const told = number > 0 || this.hasAttribute("label") ? `: ${label}` : "";
    const panel = make("div", { class: "panel", part: "panel", lang: this.#lang }, this.#makeForm(label, told), this.#makeBody(label));
    this.#dialog = this.#opener = null;
    if (this.hasAttribute("modal")) {
      panel.prepend(make("div", { class: "shut" }, this.#button("close", () => this.close())));
      this.#dialog = make("dialog", { part: "dialog", "aria-label": label, click: (event) => event.target === this.#dialog && this.close() }, panel);
      this.#opener = this.#makeOpener(told);
      this.shadowRoot.replaceChildren(this.#opener, this.#dialog);
    } else {
      this.shadowRoot.replaceChildren(panel);
    }
    this.#begin();
  }

  /** Start from what the address of the page or the attributes ask for. */
  #begin(byVisitor = false) {
    if (this.#hasAddress) {
      const here = new URLSearchParams(location.search);
      this.#asked = new URLSearchParams(
        STATE.flatMap((name) => here.getAll(this.#prefix + name).map((value) => [name, value])),
      );
    }
    if (![...this.#asked].length) this.#set("q", this.getAttribute("q") ?? "");
    this.value = this.#asked.get("q") ?? "";
    if (this.#dialog) return;
    this.#ask({ push: false, byVisitor });
  }

  // Small tools

  #text(key, values = {}) {
    let text = TEXTS[this.#lang][key];
    if (Array.isArray(text)) text = text[values.num === 1 ? 0 : 1];
    return text.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name];
      return typeof value === "number" ? value.toLocaleString(this.#lang) : value;
    });
  }

  #button(key, click, values) {
    return this.#proposal([this.#text(key, values)], click);
  }

  /** Another question, and how many articles it finds. */
  #proposal(content, click, count) {
    const found = count ? [` (${this.#text("articles", { num: count })})`] : [];
    return make("button", { type: "button", class: "plain", part: "button", click }, ...content, ...found);
  }

  #set(name, value) {
    this.#asked.delete(name);
    if (value) this.#asked.set(name, value);
  }

  /** Go on from what was asked, with some of it changed; from the first page unless a page is named. */
  #change(changes, options) {
    for (const [name, value] of Object.entries({ page: "", ...changes })) this.#set(name, value);
    this.value = this.#asked.get("q") ?? "";
    return this.#ask(options);
  }

  #unfilter(names = ["from", "to", ...FACETS]) {
    return this.#change(Object.fromEntries(names.map((name) => [name, ""])), { focus: true });
  }

  get #hasAddress() {
    return this.hasAttribute("address") && !this.#dialog;
  }

  get #prefix() {
    return this.getAttribute("address");
  }

  get #narrowed() {
    return ["from", "to", ...FACETS].filter((name) => this.#asked.has(name));
  }

  get #isAsking() {
    return this.#asked.has("q") || this.#narrowed.length || this.hasAttribute("browse");
  }

  get #server() {
    const named = this.getAttribute("server");
    return named ? new URL(named.replace(/\/*$/, "/"), document.baseURI) : HOME;
  }

  /** @throws {Refused} with what the server says is wrong */
  async #get(path, parameters, signal) {
    const address = new URL(`api/v1/${path}`, this.#server);
    address.search = new URLSearchParams(parameters);
    const headers = { "Accept-Language": this.#lang };
    const key = this.getAttribute("key");
    if (key) headers.Authorization = `Bearer ${key}`;
    const response = await fetch(address, { headers, signal });
    if (response.ok) return response;
    const problem = await response.json().catch(() => ({}));
    throw new Refused(problem.detail || problem.title || this.#text("refused", { status: response.status }));
  }

  /** Where an article is read: at the owner's address, by a pattern of his, or on the archive's own page. */
  #link(article) {
    const wanted = this.getAttribute("link") ?? "";
    const pattern = wanted.includes("{") && wanted.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(article[name] ?? ""));
    const own = pattern ? webAddress(pattern, document.baseURI) : wanted === "archive" ? "" : webAddress(article.url);
    if (own) return own;
    const page = new URL(`dokumen/${encodeURIComponent(article.id)}`, this.#server);
    if (this.#asked.has("q")) page.searchParams.set("q", this.#asked.get("q"));
    return page.href;
  }

  #anchor(article, position, ...content) {
    const href = this.#link(article);
    const click = (event) => {
      const { id, title } = article;
      const detail = { id, title, url: href, position, query: this.#asked.get("q") ?? "" };
      if (CLICKS && position && detail.query) this.#report(detail);
      if (this.#tell("telusur-select", detail)) return;
      event.preventDefault();
      this.close();
    };
    return make("a", { part: "link", href, target: this.getAttribute("target"), click }, ...content);
  }

  #report({ query: q, position }) {
    navigator.sendBeacon(new URL(CLICKS, this.#server), JSON.stringify({ q, position, face: "component" }));
  }

  /** @returns whether the page lets it happen */
  #tell(name, detail) {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  // The box

  #makeForm(label, told) {
    this.#input = make("input", {
      ...{ type: "text", part: "input", autocomplete: "off", autocapitalize: "none", spellcheck: "false" },
      ...{ enterkeyhint: "search", autofocus: this.hasAttribute("modal"), "aria-label": this.#text("box") + told },
      placeholder: this.getAttribute("placeholder") ?? this.#text("placeholder"),
    });
    const button = make("button", { type: "submit", part: "submit" }, this.#text("submit"));
    const form = make("form", { role: "search", "aria-label": label, part: "form" }, this.#input, button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#closeList();
      this.search(this.value);
    });
    this.#list = null;
    if (this.getAttribute("suggestions") !== "off") this.#addSuggestions(form);
    return form;
  }

  #addSuggestions(form) {
    this.#list = make("ul", { id: "list", class: "list", part: "suggestions", role: "listbox", hidden: true, "aria-label": this.#text("suggestions") });
    this.#heard = make("p", { class: "unseen", role: "status" });
    form.append(this.#list, this.#heard);
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "list" };
    for (const [name, value] of Object.entries(roles)) this.#input.setAttribute(name, value);
    const input = this.#input;
    input.addEventListener("input", (event) => event.isComposing || this.#suggest());
    input.addEventListener("compositionend", () => this.#suggest());
    input.addEventListener("keydown", (event) => this.#onKey(event));
    form.addEventListener("focusout", () => this.#closeList());
    // The box keeps the focus while the list is pressed.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const place = [...this.#list.children].indexOf(event.target.closest("li"));
      if (place >= 0) this.#choose(this.#offered[place]);
    });
  }

  #stopSuggesting() {
    clearTimeout(this.#typing);
    this.#suggesting?.abort();
  }

  #closeList() {
    this.#stopSuggesting();
    if (this.#list) this.#offer([]);
  }

  #suggest() {
    this.#stopSuggesting();
    const text = this.value.trimStart();
    if (!text || this.#kept.has(text)) this.#offer(this.#kept.get(text) ?? []);
    else this.#typing = setTimeout(() => this.#askSuggestions(text), TYPING_MS);
  }

  async #askSuggestions(text, isAgain = false) {
    const { signal } = (this.#suggesting = new AbortController());
    try {
      const response = await this.#get("suggest", { q: text }, signal);
      const { suggestions } = await response.json();
      if (signal.aborted) return;
      const isWhole = response.headers.get("Cache-Control") !== "no-store";
      if (isWhole) this.#kept.set(text, suggestions);
      if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value);
      // Nothing moves under somebody who has begun to choose.
      if (isAgain && (this.#list.hidden || this.#active >= 0)) return;
      this.#offer(suggestions);
      if (!isWhole && !isAgain) this.#typing = setTimeout(() => this.#askSuggestions(text, true), AGAIN_MS);
    } catch {
      // Left for a later text, or the server is away: the box works without.
    }
  }

  #offer(suggestions) {
    this.#activate(-1);
    this.#offered = suggestions;
    this.#list.replaceChildren(...suggestions.map((each, number) => this.#option(each, number)));
    this.#list.hidden = !suggestions.length;
    this.#input.setAttribute("aria-expanded", String(!this.#list.hidden));
    this.#heard.textContent = suggestions.length ? this.#text("offered", { num: suggestions.length }) : "";
  }

  #option({ text, kind, count }, number) {
    const note = kind === "title" ? this.#text("article") : kind === "correction" ? this.#text("spelling") : "";
    // What the archive holds in all is not what is found among the part of it that is searched here.
    const articles = count && ![...this.#fixed].length ? this.#text("articles", { num: count }) : "";
    return make(
      "li",
      { id: `o${number}`, role: "option", part: "suggestion", "aria-selected": "false" },
      make("span", { lang: "id" }, text),
      " ",
      make("span", { class: "soft" }, [note, articles].filter(Boolean).join(" · ")),
    );
  }

  #activate(number) {
    this.#list.children[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = number;
    const option = this.#list.children[number];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.#input.setAttribute("aria-activedescendant", option.id);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const down = event.key === "ArrowDown";
    if (down || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.#list.hidden) return this.#suggest();
      // Before the first and behind the last one is the box itself.
      const places = this.#offered.length + 1;
      this.#activate(((this.#active + 1 + (down ? 1 : places - 1)) % places) - 1);
    } else if (event.key === "Escape" && !this.#list.hidden) {
      event.preventDefault(); // the window stays
      event.stopPropagation();
      this.#closeList();
    } else if (event.key === "Enter" && this.#active >= 0) {
      event.preventDefault();
      this.#choose(this.#offered[this.#active]);
    }
  }

  async #choose({ text, kind, id }) {
    this.#closeList();
    if (kind !== "title") return this.search(text);
    let article = { id, title: text };
    // A suggestion names no address; the archive's own page needs none.
    if (this.getAttribute("link") !== "archive") {
      try {
        article = await (await this.#get(`documents/${encodeURIComponent(id)}`)).json();
      } catch {
        // then it is read there
      }
    }
    this.#anchor(article, 0).click();
  }

  // What was found

  #makeBody(label) {
    this.#count = make("p", { class: "count", part: "count", role: "status", tabindex: "-1" });
    this.#clear = this.#button("clear", () => this.#unfilter());
    const order = (sort) => make("option", { value: sort === "relevance" ? "" : sort }, this.#text(sort));
    this.#order = make(
      "select",
      { part: "sort", "aria-label": this.#text("sort"), change: () => this.#change({ sort: this.#order.value }) },
      ...["relevance", "newest", "oldest"].map(order),
    );
    this.#notices = make("div", { class: "notices", part: "notices" });
    this.#results = make("div");
    this.#pager = make("nav", { class: "pager", part: "pager", "aria-label": `${this.#text("pages")}: ${label}` });
    this.#makeFilters();
    const top = make("div", { class: "top" }, this.#count, this.#order, this.#clear);
    this.#found = make("div", { class: "found" }, top, this.#notices, this.#results, this.#pager);
    const hasFilters = this.#facets.length || this.hasAttribute("dates");
    this.#body = make("div", { class: hasFilters ? "sided" : "", part: "body", hidden: true });
    if (hasFilters) this.#body.append(this.#filters);
    this.#body.append(this.#found);
    return this.#body;
  }

  #makeFilters() {
    const named = (this.getAttribute("facets") ?? "").split(/[\s,]+/);
    this.#facets = FACETS.filter((name) => named.includes(name) && !this.#fixed.has(name));
    this.#groups = make("div", { class: "groups" });
    this.#days = ["from", "to"].map((name) => make("input", { type: "date", part: "date", name, change: ({ target }) => this.#change({ [name]: target.value }) }));
    const days = make(
      "fieldset",
      { class: "days" },
      make("legend", {}, this.#text("published")),
      ...this.#days.map((day) => make("label", {}, this.#text(day.name), day)),
    );
    days.hidden = !this.hasAttribute("dates");
    this.#inForce = make("summary");
    const skip = this.#button("skip", () => this.#toCount());
    skip.classList.add("skip");
    this.#filters = make("details", { class: "filters", part: "filters" }, this.#inForce, skip, this.#groups, days);
    this.#filters.open = this.offsetWidth > 700;
  }

  async #ask({ push = true, byVisitor = true, focus = false } = {}) {
    this.#asking?.abort();
    if (this.#hasAddress) this.#write(push);
    if (!this.#isAsking) {
      this.#body.hidden = true;
      return;
    }
    const request = (this.#asking = new AbortController());
    const begun = performance.now();
    // The room is taken when the visitor asks, not when the answer comes: nothing moves under him then.
    if (byVisitor && !this.#dialog) this.#body.style.minHeight = `${Math.max(this.#body.offsetHeight, innerHeight)}px`;
    this.#count.setAttribute("aria-live", byVisitor ? "polite" : "off");
    this.#body.hidden = false;
    this.#found.setAttribute("aria-busy", "true");
    const slow = setTimeout(() => this.#say("searching"), SLOW_MS);
    const late = setTimeout(() => request.abort(), LONGEST_MS);
    let answer, problem;
    try {
      answer = await (await this.#get("search", this.#parameters(), request.signal)).json();
    } catch (error) {
      problem = error instanceof Refused ? error.message : this.#text(request.signal.aborted ? "slow" : "unreachable");
    }
    clearTimeout(slow);
    clearTimeout(late);
    if (request !== this.#asking) return; // something else was asked meanwhile
    this.#found.setAttribute("aria-busy", "false");
    if (performance.now() - begun < SLOW_MS) this.#body.style.minHeight = "";
    if (answer) this.#show(answer);
    else this.#fail(problem);
    if (!focus) return;
    this.#toCount();
  }

  /** The count in sight, and the box with it unless open filters lie between them. */
  #toCount() {
    this.#count.focus({ preventScroll: true });
    const { form } = this.#input;
    const isNear = this.#count.getBoundingClientRect().bottom - form.getBoundingClientRect().top < innerHeight / 2;
    if (isNear) form.scrollIntoView({ block: "nearest" });
    this.#count.scrollIntoView({ block: isNear ? "nearest" : "start" });
  }

  #parameters() {
    const parameters = new URLSearchParams(this.#fixed);
    for (const [name, value] of this.#asked) if (!this.#fixed.has(name)) parameters.append(name, value);
    if (this.hasAttribute("per-page")) parameters.set("per_page", this.getAttribute("per-page"));
    return parameters;
  }

  #write(push) {
    const here = new URL(location);
    for (const name of STATE) here.searchParams.delete(this.#prefix + name);
    for (const [name, value] of this.#asked) here.searchParams.append(this.#prefix + name, value);
    if (here.href !== location.href) history[push ? "pushState" : "replaceState"](push ? null : history.state, "", here);
    this.#seen = location.search;
  }

  #say(key, values) {
    this.#count.textContent = this.#text(key, values);
    this.#count.classList.remove("wrong");
  }

  #fail(problem) {
    this.#count.textContent = problem;
    this.#count.classList.add("wrong");
    this.#notices.replaceChildren(this.#button("again", () => this.#ask({ push: false, focus: true })));
    this.#results.replaceChildren();
    this.#pager.hidden = this.#order.hidden = true;
    this.#clear.hidden = !this.#narrowed.length;
  }

  #show(answer) {
    const { corrected, total, total_all: all, page, pages } = answer;
    const query = this.#asked.get("q");
    const isParted = 0 < all && all < total;
    this.#say(query ? "found_for" : "articles", { num: total, query: corrected ? quoted(corrected.html) : `“${query}”` });
    if (isParted) this.#count.append(`, ${this.#text("all_words", { num: all })}`);
    if (page > 1 && page <= pages) this.#count.append(` · ${this.#text("page", { page, last: pages })}`);
    this.#clear.hidden = !this.#narrowed.length;
    this.#order.hidden = !this.hasAttribute("sorts") || answer.total < 2;
    this.#order.value = this.#asked.get("sort") ?? "";
    this.#notices.replaceChildren(...this.#told(answer));
    this.#showResults(answer, isParted);
    this.#showPages(answer);
    this.#showFilters(answer);
    this.#tell("telusur-search", { query: query ?? "", page: answer.page, total: answer.total, answer });
  }

  /** What was understood differently from what was typed, and what to do when nothing was found. */
  #told(answer) {
    const { corrected, did_you_mean: meant, period, address, ignored, total, matched, pages, page } = answer;
    const query = this.#asked.get("q");
    const line = (key, values, ...more) => make("p", { part: "notice" }, this.#text(key, values), " ", ...more);
    const told = [];
    if (period?.applied) {
      told.push(line("applied", { query: `“${query}”`, period: period.label }, this.#button("exactly", () => this.#change({ period: "false" }, { focus: true }))));
    } else if (period) {
      const { query: q, first, last, label, count } = period;
      const click = () => this.#change({ q, from: first, to: last }, { focus: true });
      told.push(make("p", {}, this.#proposal([this.#text("offer", { period: label })], click, count)));
    }
    if (address && !address.found) told.push(line("no_address", { words: `“${address.words}”` }));
    if (corrected) told.push(line("corrected", { query: quoted(corrected.html) }, this.#button("uncorrected", () => this.#change({ correct: "false" }, { focus: true }), { query })));
    if (meant) told.push(line("meant", {}, this.#proposal(marked(meant.html), () => this.#change({ q: meant.query }, { focus: true }))));
    if (matched === "some" && total && page === 1) told.push(line("some"));
    if (ignored.length) told.push(line("ignored", {}, ignored.map(({ text }) => text).join(", ")));
    if (total && page > pages) told.push(line("outside", {}, this.#button("last", () => this.#change({ page: String(pages) }, { focus: true }))));
    if (!total) told.push(line("nothing"), make("div", { class: "ways" }, ...this.#waysOut(answer)));
    return told;
  }

  #waysOut({ ways_out: ways }) {
    return ways
      .filter(({ kind }) => kind === "word" || kind === "quotes" || this.#asked.has(kind) || (kind === "date" && this.#narrowed.length))
      .map(({ kind, text, count, query }) => {
        const isText = kind === "word" || kind === "quotes";
        const label = kind === "word" ? query : this.#text(`without_${kind}`, { values: text });
        const click = () => (isText ? this.#change({ q: query }, { focus: true }) : this.#unfilter(kind === "date" ? ["from", "to"] : [kind]));
        return this.#proposal([label], click, count);
      });
  }

  /** Those that hold all words, then those that hold some of them; where they are mixed, the former say so. */
  #showResults({ results, page, per_page: most, all_first: allFirst, matched }, isParted) {
    const first = (page - 1) * most + 1;
    const items = results.map((result, number) => this.#result(result, first + number, isParted && !allFirst && result.all_words));
    const hasSome = allFirst && !(matched === "some" && page === 1);
    const whole = hasSome ? results.filter((result) => result.all_words !== false).length : items.length;
    const list = (from, to) => (from < to ? [make("ol", { part: "results", start: first + from }, ...items.slice(from, to))] : []);
    const some = whole < items.length ? [this.#heading({ class: "parting" }, this.#text("some_words"))] : [];
    this.#results.replaceChildren(...list(0, whole), ...some, ...list(whole, items.length));
  }

  #heading(properties, ...content) {
    const level = Math.min(Math.max(parseInt(this.getAttribute("heading"), 10) || 2, 1), 6);
    return make(`h${level}`, properties, ...content);
  }

  #result(result, position, isWhole) {
    const day = result.published && new Date(`${result.published}T00:00Z`);
    const shown = day && day.toLocaleDateString(this.#lang, { dateStyle: "long", timeZone: "UTC" });
    const about = [result.source, result.place, shown, isWhole && this.#text("whole")].filter(Boolean).join(" · ");
    return make(
      "li",
      { class: "result", part: "result", lang: result.lang || "id" },
      this.#heading({ class: "title", part: "title" }, this.#anchor(result, position, ...marked(result.title_html))),
      make("p", { class: "soft", part: "meta", lang: this.#lang }, about),
      make("p", { class: "snippet", part: "snippet" }, ...marked(result.snippet_html)),
    );
  }

  #showPages({ page, pages }) {
    const step = (key, number) => this.#button(key, () => this.#change({ page: number > 1 ? String(number) : "" }, { focus: true }));
    this.#pager.hidden = pages < 2 || page > pages;
    this.#pager.replaceChildren(
      ...(page > 1 ? [step("previous", page - 1)] : []),
      make("span", {}, this.#text("page", { page, last: pages })),
      ...(page < pages ? [step("next", page + 1)] : []),
    );
  }

  #showFilters({ facets, total }) {
    for (const day of this.#days) if (this.shadowRoot.activeElement !== day) day.value = this.#asked.get(day.name) ?? "";
    const focused = this.shadowRoot.activeElement?.dataset?.choice;
    const groups = this.#facets.map((name) => this.#group(name, facets[name] ?? [])).filter(Boolean);
    this.#groups.replaceChildren(...groups);
    const inForce = this.#narrowed.flatMap((name) => this.#asked.getAll(name)).length;
    this.#inForce.textContent = this.#text("filters") + (inForce ? ` (${this.#text("in_force", { num: inForce })})` : "");
    this.#filters.hidden = !total && !this.#narrowed.length;
    if (!focused) return;
    const again = [...this.#groups.querySelectorAll("input")].find((box) => box.dataset.choice === focused);
    (again ?? this.#count).focus({ preventScroll: true });
  }

  #group(name, counts) {
    const chosen = this.#asked.getAll(name).map((value) => value.toLowerCase());
    if (counts.length < 2 && !chosen.length) return null;
    const values = name === "year" ? counts.toSorted((one, other) => other.value.localeCompare(one.value)) : counts;
    const boxes = values.map(({ value, count }) => {
      const isChosen = chosen.includes(value.toLowerCase());
      const box = make("input", {
        ...{ type: "checkbox", checked: isChosen, change: () => this.#toggle(name, value, isChosen) },
        "aria-label": `${value}, ${this.#text("articles", { num: count })}`,
      });
      box.dataset.choice = `${name}=${value}`;
      const number = make("span", { class: "soft" }, count.toLocaleString(this.#lang));
      return make("label", { class: "choice", part: "choice" }, box, make("span", {}, value), number);
    });
    const isFirst = (box, number) => number < FIRST_VALUES || box.firstChild.checked;
    const later = boxes.filter((box, number) => !isFirst(box, number));
    const group = make("fieldset", { part: "facet" }, make("legend", {}, this.#text(name)), ...boxes.filter(isFirst));
    if (later.length) {
      const more = make("details", {}, make("summary", {}, this.#text("more", { num: later.length })), ...later);
      more.open = later.some((box) => box.firstChild.dataset.choice === this.shadowRoot.activeElement?.dataset?.choice);
      group.append(more);
    }
    return group;
  }

  #toggle(name, value, isChosen) {
    const others = this.#asked.getAll(name).filter((other) => other.toLowerCase() !== value.toLowerCase());
    this.#asked.delete(name);
    for (const each of isChosen ? others : [...others, value]) this.#asked.append(name, each);
    this.#change({});
  }

  // The window

  #makeOpener(told) {
    const key = this.#shortcut;
    const isMac = /Mac|iP/.test(navigator.platform);
    const keys = key && make("kbd", { "aria-hidden": "true" }, isMac ? `⌘${key}` : `Ctrl ${key}`);
    const shortcuts = key && `Control+${key} Meta+${key}`;
    const properties = { type: "button", class: "open", part: "open", "aria-haspopup": "dialog", "aria-keyshortcuts": shortcuts || null };
    const slot = make("slot", { name: "button" }, this.#text("submit"));
    return make("button", { ...properties, lang: this.#lang, click: () => this.open() }, slot, make("span", { class: "unseen" }, told.slice(2)), ...(key ? [keys] : []));
  }

  get #shortcut() {
    return (this.getAttribute("shortcut") ?? (this.hasAttribute("modal") ? "k" : "")).toUpperCase();
  }

  /** Whether a window of the page or of another search lies over it. */
  get #isCovered() {
    const windows = [...document.querySelectorAll('dialog:modal, [aria-modal="true"]')].filter((each) => each.checkVisibility());
    const others = [...document.querySelectorAll("telusur-search")].filter((each) => each !== this);
    return windows.some((each) => !each.contains(this)) || others.some((each) => each.shadowRoot?.querySelector(":modal"));
  }

  #onShortcut(event) {
    if (event.defaultPrevented || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    if (!this.#shortcut || event.key.toUpperCase() !== this.#shortcut) return;
    if (this.#isCovered) return;
    event.preventDefault();
    if (this.#dialog?.open) this.close();
    else this.open();
  }

  #life;
  #seen; // of the address: a way within the page changes nothing of the search
  #changed;
  #lang;
  #fixed;
  #dialog;
  #opener;
  #input;
  #list;
  #heard;
  #suggesting;
  #asking;
  #body;
  #count;
  #clear;
  #order;
  #notices;
  #results;
  #pager;
  #found;
  #filters;
  #inForce;
  #groups;
  #facets;
  #days;
}

if (!customElements.get("telusur-search")) customElements.define("telusur-search", TelusurSearch);
