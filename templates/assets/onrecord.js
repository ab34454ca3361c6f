/* Optional: every page is whole without it. Lights up all pieces of the annotation that a permalink names; sorts and filters tables. */
(function () {
  "use strict";
  function lightUp() {
    document.querySelectorAll(".orx-lit").forEach(function (one) { one.classList.remove("orx-lit"); });
    var name = decodeURIComponent(location.hash.slice(1)).replace(/^note-/, "");
    if (!name) { return; }
    document.querySelectorAll("[data-ann]").forEach(function (one) {
      if (one.dataset.ann.split(" ").indexOf(name) >= 0) { one.classList.add("orx-lit"); }
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
  function makeFilter(table) {
    var label = document.createElement("label");
    var input = document.createElement("input");
    label.className = "orx-filter";
    label.textContent = "Filter ";
    input.type = "search";
    input.addEventListener("input", function () {
      var words = input.value.toLowerCase();
      Array.from(table.tBodies[0].rows).forEach(function (row) { row.hidden = row.textContent.toLowerCase().indexOf(words) < 0; });
    });
    label.appendChild(input);
    table.parentNode.parentNode.insertBefore(label, table.parentNode);
  }
  function start() {
    lightUp();
    document.querySelectorAll("table.orx-sortable").forEach(function (table) {
      makeSortable(table);
      if (table.tBodies[0].rows.length > 8) { makeFilter(table); }
    });
  }
  addEventListener("hashchange", lightUp);
  if (document.readyState === "loading") { addEventListener("DOMContentLoaded", start); } else { start(); }
})();
