// What the library's own widgets leave unsaid: names and values of sliders in words with their units, options
// that cannot be chosen, and files that are saved as soon as they are made.
(() => {
  const set = (one, name, value) => { if (one.getAttribute(name) !== value) one.setAttribute(name, value); };
  const known = (one) => {
    const found = one.closest(".explorer-view")?.querySelector("[data-known]");
    return found ? JSON.parse(found.dataset.known) : {units: {}, closed: ""};
  };
  const slider = (handle) => {
    const row = handle.closest(".widget-inline-hbox");
    const label = row?.querySelector(".widget-label"), readout = row?.querySelector(".widget-readout");
    if (!label || !readout) return;
    const number = readout.textContent.trim(), [one, many] = known(handle).units[label.textContent] ?? ["", ""];
    const unit = parseFloat(number) === 1 ? one : many;
    set(handle, "aria-label", label.textContent);
    set(handle, "aria-valuetext", number + unit);
    set(readout, "data-unit", unit);
  };
  const choice = (list) => {
    const {closed} = known(list);
    for (const one of list.options) {
      const shut = closed !== "" && one.text.replaceAll("\u00a0", " ").endsWith(closed);
      if (one.disabled !== shut) one.disabled = shut;
    }
  };
  const all = () => {
    document.querySelectorAll(".explorer-view .noUi-handle").forEach(slider);
    document.querySelectorAll(".explorer-view select").forEach(choice);
    document.querySelectorAll("a.download[data-now]").forEach((file) => {
      file.removeAttribute("data-now");
      file.click();
    });
  };
  const what = {childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["aria-valuetext"]};
  new MutationObserver(all).observe(document.body, what);
})();
