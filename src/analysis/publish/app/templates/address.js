// The address says what is shown, so that a copied one opens the same again. The kernel writes the address
// beside what it shows; it is told the address, and whether the page is narrow, when its widgets are there.
(() => {
  const NARROW = 600; // pixels
  document.addEventListener("DOMContentLoaded", () => {
    const asked = new URLSearchParams(location.search);
    if (innerWidth <= NARROW) asked.set("room", "narrow");
    const wanted = asked.toString();
    let sent = wanted === "";
    document.body.classList.toggle("opening", location.search.length > 1);
    new MutationObserver(() => {
      const field = document.querySelector(".asked input"), said = document.querySelector("[data-address]");
      if (!field || !said) return;
      if (!sent) {
        sent = true;
        field.value = wanted;
        field.dispatchEvent(new Event("input", {bubbles: true}));
      }
      if (said.dataset.opened !== wanted) return;
      document.body.classList.remove("opening");
      if (location.search !== said.dataset.address) history.replaceState(history.state, "", said.dataset.address);
    }).observe(document.body, {childList: true, subtree: true});
  });
})();
