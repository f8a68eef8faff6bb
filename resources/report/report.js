"use strict";
(function () {
  var box = document.querySelector(".search"), field = box.querySelector("input"), count = box.querySelector("output");
  function folded(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }
  var marks = Array.from(document.querySelectorAll("article"), function (mark) {
    return { mark: mark, words: folded(mark.parentElement.querySelector("h2").textContent + " " + mark.textContent) };
  });
  function search() {
    var words = folded(field.value).split(/\s+/).filter(Boolean), found = 0;
    marks.forEach(function (one) {
      var is = words.every(function (word) { return one.words.includes(word); });
      one.mark.hidden = !is;
      found += is ? 1 : 0;
    });
    document.querySelectorAll("h3").forEach(function (heading) {
      var next = heading.nextElementSibling;
      while (next && next.tagName === "ARTICLE" && next.hidden) { next = next.nextElementSibling; }
      heading.hidden = !next || next.tagName !== "ARTICLE";
    });
    document.querySelectorAll("section").forEach(function (section) {
      section.hidden = !section.querySelector("article:not([hidden])");
    });
    count.textContent = words.length ? found + " of " + marks.length : "";
  }
  field.addEventListener("input", search);
  box.hidden = false;
  search();
})();
