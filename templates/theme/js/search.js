/* Optional: every page is whole without it. Finds actors, articles and pages by name, and quotes and claims by their words; nothing is loaded
   before somebody searches, and of the index of words only what a search needs. What its files hold says render/views/assets.py. */
(function () {
  "use strict";
  var MOST = 12, TOGETHER = 64;
  var form = document.querySelector(".site-search");
  if (!form) { return; }
  /* Made here, since it is of no use without script, and so that no page carries it. */
  form.innerHTML = '<label>Search <input type="search" autocomplete="off" spellcheck="false" placeholder="names, words" aria-controls="site-found"></label>' +
    '<div class="site-results"><p role="status"></p><ul id="site-found" hidden></ul></div>';
  var ROOT = form.dataset.names.replace(/assets\/names\.js$/, "");
  var input = form.querySelector("input"), list = form.querySelector("ul"), status = form.querySelector("[role=status]");
  var items = pages(), asked = false, complete = false;
  var engine = null, texts = { query: "", found: [] };

  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’]/g, "");
  }
  function words(text) {
    return plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  }
  function item(kind, name, address, others) {
    var own = " " + words(name).join(" ") + " ";
    return { kind: kind, name: name, address: address, own: own, all: own + words(others || "").join(" ") + " " };
  }
  function pages() {
    return Array.from(document.querySelectorAll(".site-nav a")).map(function (one) { return item("Page", one.textContent.trim(), one.href); });
  }
  /* The page of an actor that is called after the name in the simplest way: as simplest_page in assets.py. */
  function simplest(name) {
    return name.toLowerCase().replace(/['’]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  }
  function address(folder, page) {
    var index = form.dataset.suffix === "/" && location.protocol === "file:" ? "index.html" : "";  // from disk nobody adds it
    return ROOT + folder + "/" + encodeURIComponent(page) + form.dataset.suffix + index;
  }
  window.onrecordNames = function (found) {
    var named = found.actors.map(function (one, number) {
      var row = typeof one === "string" ? [one, ""] : one, actor = item("Actor", row[0], address("actors", row[1] || simplest(row[0])), row.slice(2).join(" "));
      actor.number = number;
      return actor;
    });
    items = unique(named.concat(found.articles.map(function (one) { return item("Article", one[0], address("articles", one[1])); }), items));
    complete = true;
    show();
  };
  /* Each place once, as what it is called first. */
  function unique(some) {
    var seen = new Set();
    return some.filter(function (one) {
      var place = new URL(one.address, location.href).href.replace(/index\.html$/, "");
      return !seen.has(place) && seen.add(place);
    });
  }
  function load() {
    if (asked) { return; }
    asked = true;
    add(form.dataset.names, function () { complete = true; show(); });
    part("index");
    if (form.dataset.pagefind && location.protocol !== "file:") {  // no browser imports a module from disk
      import(new URL(form.dataset.pagefind, location.href).href).then(function (found) { engine = found; searchTexts(); }, function () {});
    }
  }
  function add(source, failed) {
    var script = document.createElement("script");
    script.src = source;
    script.onerror = failed;
    document.head.appendChild(script);
  }
  /* A file of the index of words; undefined until it is there, null where there is none. Each is asked for once. */
  var parts = {};
  function part(name) {
    if (!(name in parts)) {
      parts[name] = undefined;
      add(ROOT + "assets/said/" + name + ".js", function () { parts[name] = null; show(); });
    }
    return parts[name];
  }
  function keep(letter) { return function (number, rows) { parts[letter + number] = rows; show(); }; }
  window.onrecordSaid = function (table) { parts.index = table; show(); };
  window.onrecordWords = keep("w");
  window.onrecordFinds = keep("d");
  window.onrecordActors = keep("a");
  /* The numbers of what has a word that begins so; undefined while a shard is on its way. Of very short beginnings the first shards do. */
  function numbers(beginning) {
    var firsts = parts.index.firsts, at = 0, found = new Set(), whole = true;
    while (at + 1 < firsts.length && firsts[at + 1] <= beginning) { at += 1; }
    for (var last = at + 3; at < firsts.length && at <= last && (firsts[at] <= beginning || firsts[at].indexOf(beginning) === 0); at += 1) {
      var shard = part("w" + at);
      if (!shard) { whole = whole && shard === null; continue; }
      Object.keys(shard).forEach(function (word) {
        var sum = 0;
        if (word.indexOf(beginning) === 0) { shard[word].forEach(function (distance) { sum += distance; found.add(sum); }); }
      });
    }
    return whole ? found : undefined;
  }
  /* Quotes and claims that have all words of the query, the newest first; undefined while parts of the index are on their way. */
  function said() {
    var table = parts.index, asked = words(input.value).filter(function (one) { return one.length > 2 || /^\d+$/.test(one); });
    if (table === null || !asked.length) { return []; }
    if (!table) { return undefined; }
    asked = asked.filter(function (one) { return table.common.indexOf(one) < 0; });
    var sets = asked.map(numbers);
    if (!sets.length) { return []; }
    if (sets.indexOf(undefined) >= 0) { return undefined; }
    var all = Array.from(sets[0]).filter(function (one) { return sets.every(function (set) { return set.has(one); }); });
    all.sort(function (one, other) { return one - other; });
    var rows = all.slice(0, MOST).map(function (number) {
      var file = part("d" + Math.floor(number / TOGETHER));
      return file && file[number % TOGETHER];
    });
    if (rows.some(function (row) { return row === undefined; })) { return undefined; }
    var found = rows.filter(Boolean).map(function (row) {
      return { kind: row[0] + " · " + row[2], name: row[1], address: address("articles", row[3]) + "#" + row[4], said: true };
    });
    found.total = all.length;
    return found;
  }
  /* Pages with these words in their text, from the index that Pagefind made, if the user had it make one. */
  function searchTexts() {
    var query = input.value.trim();
    if (!engine || query === texts.query) { return; }
    engine.debouncedSearch(query).then(function (answer) {
      return answer && Promise.all(answer.results.slice(0, MOST).map(function (one) { return one.data(); }));
    }).then(function (pages) {
      if (!pages || query !== input.value.trim()) { return; }
      texts = { query: query, found: pages.map(function (one) { return { kind: "In the text", name: one.meta.title, address: one.url }; }) };
      show();
    }, function () {});
  }
  /* Every word of the query begins a word of the name or of another name. Names that begin so come first. */
  function matches() {
    var asked = words(input.value).map(function (one) { return " " + one; });
    if (!asked.length) { return []; }
    var ranks = [[], [], []];
    items.forEach(function (one) {
      if (!asked.every(function (word) { return one.all.indexOf(word) >= 0; })) { return; }
      var named = asked.every(function (word) { return one.own.indexOf(word) >= 0; });
      ranks[one.own.indexOf(asked.join("")) === 0 ? 0 : named ? 1 : 2].push(one);
    });
    return unique(ranks[0].concat(ranks[1], ranks[2], texts.query === input.value.trim() ? texts.found : []));
  }
  function counted(number, one) { return number + " " + one + (number === 1 ? "" : "s"); }
  /* What an actor is and how much there is of it, once that is loaded. */
  function known(actor) {
    var file = part("a" + Math.floor(actor.number / TOGETHER)), row = file && file[actor.number % TOGETHER];
    return row ? ["Actor"].concat(row[0] || [], counted(row[1], "quote"), row[2] > 1 ? counted(row[2], "article") : []).join(" · ") : "Actor";
  }
  function row(one) {
    var line = document.createElement("li"), link = document.createElement("a"), name = document.createElement("span"), kind = document.createElement("small");
    link.href = one.address;
    name.textContent = one.name;
    kind.textContent = one.number === undefined ? one.kind : known(one);
    link.append(name, kind);
    line.append(link);
    return line;
  }
  /* Names first, and at least half of the places for words, where there are as many. */
  function show() {
    var found = matches(), heard = said(), more = heard || [], here = document.activeElement;
    var names = found.slice(0, Math.max(MOST / 2, MOST - more.length)), shown = names.concat(more.slice(0, MOST - names.length));
    var total = found.length + (more.total || 0), pressed = list.contains(here) ? here.href : "";
    list.replaceChildren.apply(list, shown.map(row));
    list.hidden = !shown.length;
    if (pressed) { Array.from(list.querySelectorAll("a")).some(function (one) { return one.href === pressed && (one.focus(), true); }); }
    if (!words(input.value).length) { status.textContent = ""; return; }
    if (!complete || !heard) { status.textContent = "Loading …"; return; }
    status.textContent = !total ? "Nothing found" : total > shown.length ? shown.length + " of " + total + " shown" : total + " found";
  }
  function close() {
    list.hidden = true;
    status.textContent = "";
  }
  function move(event, by) {
    var links = Array.from(list.querySelectorAll("a"));
    if (list.hidden || !links.length) { return; }
    event.preventDefault();
    var next = links.indexOf(document.activeElement) + by;
    (next < 0 ? input : links[Math.min(next, links.length - 1)]).focus();
  }
  form.hidden = false;
  input.addEventListener("focus", load);
  input.addEventListener("input", function () { show(); searchTexts(); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = list.querySelector("a");
    if (first && !list.hidden) { first.click(); }
  });
  form.addEventListener("keydown", function (event) {
    if (event.key === "ArrowDown") { move(event, 1); }
    if (event.key === "ArrowUp") { move(event, -1); }
    if (event.key === "Escape") { input.focus(); close(); }
  });
  form.addEventListener("focusout", function (event) { if (!form.contains(event.relatedTarget)) { close(); } });
  form.addEventListener("focusin", function () { if (list.hidden && input.value) { show(); } });
})();
