/* Optional: every page is whole without it. Lights words and notes together, steps through quotes by keys, copies a quote, keeps the choice
   of layers; sorts and filters tables. */
(function () {
  "use strict";
  var NARROW = "(max-width: 60rem)", KEPT = "onrecord-layers", KEYS = "onrecord-keys";
  var pinned = "", sheet = null;

  function all(selector, from) { return Array.from((from || document).querySelectorAll(selector)); }
  function make(tag, name, text) {
    var one = document.createElement(tag);
    one.className = name || "";
    one.textContent = text || "";
    return one;
  }
  /* A browser may refuse to keep anything, as from disk. */
  function kept(key) { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch (error) { return {}; } }
  function keep(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch (error) { return; } }

  /* --- light --- */
  function noteOf(id) { return document.getElementById("note-" + id); }
  function named() {
    try { return decodeURIComponent(location.hash.slice(1)).replace(/^note-/, ""); } catch (error) { return ""; }
  }
  function pieces(id) {
    return all("[data-ann]").filter(function (one) { return one.dataset.ann.split(" ").indexOf(id) >= 0; });
  }
  function light(ids) {
    all(".orx-lit").forEach(function (one) { one.classList.remove("orx-lit"); });
    ids.filter(Boolean).forEach(function (id) {
      pieces(id).concat(noteOf(id) || []).forEach(function (one) { one.classList.add("orx-lit"); });
    });
  }
  function rest() { light([pinned || named()]); }
  /* The id of the innermost quote or doubt around an element of the text, or of the note that it lies in. */
  function idAt(element) {
    var ref = element.closest(".orx-ref"), note = element.closest(".orx-note[id]"), piece = element.closest("[data-ann]");
    if (ref) { return ref.getAttribute("href").replace("#note-", ""); }
    if (note) { return note.id.replace("note-", ""); }
    var ids = piece && piece.closest(".orx-text") ? piece.dataset.ann.split(" ").filter(noteOf) : [];
    return ids[ids.length - 1] || "";
  }
  function pointed(event) {
    var id = event.target.closest ? idAt(event.target) : "";
    if (id) { light([id, pinned]); } else { rest(); }
  }
  /* The address without a jump: who clicks on words sees them. What an earlier address led to is let go. */
  function address(id) {
    history.replaceState(null, "", "#" + id);
    all(".onrecord").forEach(function (one) { one.classList.add("orx-pins"); });
  }
  function unpin() {
    if (sheet) { sheet.remove(); sheet = null; }
    all(".orx-note[open]").forEach(function (one) { one.open = false; });
    pinned = "";
    rest();
  }
  function pin(id, jump) {
    unpin();
    pinned = id;
    if (jump) { location.replace("#" + id); } else { address(id); }
    if (matchMedia(NARROW).matches) { raise(noteOf(id)); } else { noteOf(id).open = true; }
    rest();
  }
  function raise(note) {
    var copy = note.cloneNode(true), close = make("button", "orx-close", "×");
    sheet = make("aside", "onrecord orx-up");
    sheet.setAttribute("aria-label", "Note");
    copy.removeAttribute("id");
    copy.open = true;
    all(".orx-copy", copy).forEach(function (one) { one.remove(); });
    close.type = "button";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", unpin);
    sheet.append(copy, close);
    addCopy(copy, note.id.replace("note-", ""));
    document.body.append(sheet);
  }
  /* A note that is about to open or close, by the browser itself: one is open at a time. */
  function chosen(note) {
    if (note.open) { pinned = ""; rest(); return; }
    unpin();
    if (!note.id) { return; }
    pinned = note.id.replace("note-", "");
    address(pinned);
    rest();
  }
  function clicked(event) {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest) { return; }
    if (event.target.closest(".orx-up, .orx-help")) { return; }
    if (event.target.closest(".orx-note > summary")) { chosen(event.target.closest(".orx-note")); return; }
    var text = event.target.closest(".orx-text"), id = text && idAt(event.target);
    var link = event.target.closest("a:not(.orx-ref)");
    if (!id || link || !getSelection().isCollapsed) {
      if (!text && !event.target.closest(".orx-note, .orx-legend, .orx-heard-here")) { unpin(); }
      return;
    }
    event.preventDefault();
    if (pinned === id) { unpin(); } else { pin(id); }
  }

  /* --- copy --- */
  /* The words as they stand, with " … " where others come between them. Only what the article has in quotation marks has them here. */
  function wordsOf(id) {
    var parts = [], last = null;
    pieces(id).forEach(function (one) {
      var run = one.closest(".orx-quote") || one;
      if (run !== last) { parts.push(""); }
      last = run;
      parts[parts.length - 1] += one.textContent;
    });
    return parts.map(function (one) { return one.replace(/\s+/g, " ").trim(); }).filter(Boolean).join(" … ");
  }
  function citation(note, id) {
    var speaker = note.querySelector("div > p").textContent.trim(), reported = note.classList.contains("orx-note-indirect");
    var title = document.querySelector(".onrecord h1"), meta = all(".orx-meta dd:not(.orx-missing)").map(function (one) { return one.textContent; });
    var from = [title ? title.textContent.trim() : document.title].concat(meta).join(", ");
    return (reported ? "Reported, not quoted: " : "") + wordsOf(id) + "\n— " + speaker + "\n" + from + "\n" + location.href.split("#")[0] + "#" + id;
  }
  function copyText(text, done) {
    function old() {
      var area = make("textarea", "");
      area.value = text;
      document.body.append(area);
      area.select();
      var copied = document.execCommand("copy");
      area.remove();
      done(copied);
    }
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(function () { done(true); }, old); } else { old(); }
  }
  function addCopy(note, id) {
    if (!/orx-note-(direct|mixed|indirect)/.test(note.className) || note.querySelector(".orx-copy")) { return; }
    var button = make("button", "orx-copy", "Copy quote");
    button.type = "button";
    button.addEventListener("click", function () {
      copyText(citation(note, id), function (copied) { button.textContent = copied ? "Copied" : "Could not be copied"; });
    });
    note.querySelector("div").append(button);
  }
  function opened(event) {
    var note = event.target;
    if (note.open && note.matches && note.matches(".orx-note[id]")) { addCopy(note, note.id.replace("note-", "")); }
  }

  /* --- keys --- */
  function step(by) {
    var notes = all(".orx-note[id^='note-']").filter(function (one) { return one.checkVisibility() && !/-(claims|undecided|old)/.test(one.className); });
    var ids = notes.map(function (one) { return one.id.replace("note-", ""); }), at = ids.indexOf(pinned || named());
    var next = ids[at < 0 ? (by > 0 ? 0 : ids.length - 1) : at + by];
    if (next) { pin(next, true); }
  }
  function help() {
    var old = document.querySelector(".orx-help");
    if (old) { old.remove(); return; }
    var box = make("dialog", "onrecord orx-help"), label = make("label", "orx-toggle"), on = make("input"), close = make("button", "orx-copy", "Close");
    [["j", "next quote"], ["k", "the quote before"], ["/", "search"], ["Esc", "let go of a quote"], ["?", "this list"]].forEach(function (row) {
      var line = make("p");
      line.append(make("kbd", "", row[0]), " " + row[1]);
      box.append(line);
    });
    on.type = "checkbox";
    on.checked = !kept(KEYS).off;
    on.addEventListener("change", function () { keep(KEYS, { off: !on.checked }); });
    label.append(on, "use these keys");
    box.append(label, close);
    box.setAttribute("aria-label", "Keys");
    close.type = "button";
    close.addEventListener("click", function () { box.close(); });
    box.addEventListener("close", function () { box.remove(); });
    document.body.append(box);
    box.showModal();
  }
  function pressed(event) {
    if (event.key === "Escape") { unpin(); return; }
    var typing = event.target.closest && event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || kept(KEYS).off) { return; }
    var search = document.querySelector(".site-search input");
    if (event.key === "?") { help(); } else if (event.key === "/" && search) { search.focus(); event.preventDefault(); }
    if (document.querySelector(".orx-text") && (event.key === "j" || event.key === "k")) { step(event.key === "j" ? 1 : -1); }
  }
  function addKeys() {
    var legend = document.querySelector(".orx-legend"), button = make("button", "orx-copy orx-keys", "Keys");
    if (!legend) { return; }
    button.type = "button";
    button.addEventListener("click", help);
    legend.append(button);
  }

  /* --- layers: the choice stays from page to page --- */
  function keepLayers() {
    var layers = kept(KEPT);
    all(".orx-toggle input[class^='orx-show-']").forEach(function (one) {
      if (one.className in layers) { one.checked = layers[one.className]; }
      one.addEventListener("change", function () {
        var now = kept(KEPT);
        now[one.className] = one.checked;
        keep(KEPT, now);
      });
    });
  }

  function key(row, column) {
    var cell = row.cells[column];
    return cell ? (cell.dataset.sort || cell.textContent.trim()) : "";
  }
  function sortBy(table, column, header) {
    var down = header.getAttribute("aria-sort") === "ascending";
    table.querySelectorAll("th[aria-sort]").forEach(function (one) { one.removeAttribute("aria-sort"); });
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    var body = table.tBodies[0];
    Array.from(body.rows).sort(function (a, b) {
      var order = key(a, column).localeCompare(key(b, column), undefined, { numeric: true });
      return down ? -order : order;
    }).forEach(function (row) { body.appendChild(row); });
  }
  function makeSortable(table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (header, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "orx-sort";
      while (header.firstChild) { button.appendChild(header.firstChild); }
      button.addEventListener("click", function () { sortBy(table, column, header); });
      header.appendChild(button);
    });
  }
  function show(table, wants) {
    Array.from(table.tBodies[0].rows).forEach(function (row) { row.hidden = !wants.every(function (want) { return want(row); }); });
  }
  function addFilter(table, name, input, make, wants) {
    var label = document.createElement("label"), place = wants.length;
    label.className = "orx-filter";
    label.textContent = name + " ";
    label.appendChild(input);
    wants.push(make(""));
    input.addEventListener("input", function () { wants[place] = make(input.value); show(table, wants); });
    table.parentNode.parentNode.insertBefore(label, table.parentNode);
  }
  function picked(row, column) {
    var cell = row.cells[column];
    return cell.dataset.pick === undefined ? cell.textContent.trim() : cell.dataset.pick;
  }
  function makePick(table, header, column, wants) {
    var select = document.createElement("select"), seen = {};
    Array.from(table.tBodies[0].rows).forEach(function (row) { seen["=" + picked(row, column)] = true; });
    var values = Object.keys(seen).map(function (one) { return one.slice(1); }).sort();
    if (values.length < 2) { return; }
    select.add(new Option("all", ""));
    values.forEach(function (value) { select.add(new Option(value || "not given", "=" + value)); });
    addFilter(table, header.textContent.trim(), select, function (wanted) {
      return function (row) { return !wanted || "=" + picked(row, column) === wanted; };
    }, wants);
  }
  function makeFilters(table) {
    var input = document.createElement("input"), wants = [];
    input.type = "search";
    addFilter(table, document.querySelector(".orx-pager") ? "Filter this page" : "Filter", input, function (value) {
      var words = value.toLowerCase();
      return function (row) { return row.textContent.toLowerCase().indexOf(words) >= 0; };
    }, wants);
    Array.from(table.tHead.rows[0].cells).forEach(function (header, column) {
      if (header.dataset.picks !== undefined) { makePick(table, header, column, wants); }
    });
  }
  function start() {
    keepLayers();
    addKeys();
    rest();
    all("table.orx-sortable").forEach(function (table) {
      makeSortable(table);
      if (table.tBodies[0].rows.length > 8) { makeFilters(table); }
    });
    if (document.querySelector(".orx-text")) {
      ["mouseover", "focusin"].forEach(function (name) { document.addEventListener(name, pointed); });
      document.addEventListener("click", clicked);
      document.addEventListener("toggle", opened, true);
    }
    document.addEventListener("keydown", pressed);
  }
  addEventListener("hashchange", function () {
    all(".orx-pins").forEach(function (one) { one.classList.remove("orx-pins"); });
    if (named() === pinned) { rest(); } else { unpin(); }
  });
  if (document.readyState === "loading") { addEventListener("DOMContentLoaded", start); } else { start(); }
})();
