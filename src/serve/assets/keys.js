// The keys: / j k n p Esc ?. Every one does what a link or the box on the page does.
(function () {
  "use strict";
  var box = document.getElementById("q");
  var at = -1;

  function links() {
    return Array.prototype.slice.call(document.querySelectorAll(".hit .open"));
  }

  function result(step) {
    var all = links();
    if (!all.length) return;
    var focused = all.indexOf(document.activeElement);
    if (focused >= 0) at = focused;
    at = Math.max(0, Math.min(all.length - 1, at + step));
    all[at].focus();
    all[at].scrollIntoView({ block: "center" });
  }

  function match(step) {
    var total = document.querySelectorAll("mark[id]").length;
    if (!total) return;
    var here = /^#m(\d+)$/.exec(location.hash);
    var number = here ? Number(here[1]) : nearest(step);
    number = here ? ((number - 1 + step + total) % total) + 1 : number;
    // The history keeps the result one step back.
    location.replace("#m" + number);
  }

  // The first match after the paragraph that a link led to, or the last before it.
  function nearest(step) {
    var marks = document.querySelectorAll("mark[id]");
    var place = document.querySelector(":target");
    if (!place) return step > 0 ? 1 : marks.length;
    var number = step > 0 ? 1 : marks.length;
    for (var i = 0; i < marks.length; i++) {
      var follows = place.compareDocumentPosition(marks[i]) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (step > 0 && follows) return i + 1;
      if (step < 0 && !follows) number = i + 1;
    }
    return number;
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var inBox = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "Escape") {
      var help = document.getElementById("help");
      var back = document.getElementById("back");
      if (inBox) document.activeElement.blur();
      else if (help.open) help.open = false;
      else if (back) location.href = back.href;
      return;
    }
    if (inBox) return;
    switch (event.key) {
      case "/": box.focus(); box.select(); break;
      case "j": result(1); break;
      case "k": result(-1); break;
      case "n": match(1); break;
      case "p": match(-1); break;
      case "?":
        var help = document.getElementById("help");
        help.open = !help.open;
        if (help.open) help.scrollIntoView({ block: "nearest" });
        break;
      default: return;
    }
    event.preventDefault();
  });
})();
