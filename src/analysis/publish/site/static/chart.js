// A chart's marks: what each shows on hover, focus and tap; arrow keys go from mark to mark.
"use strict";

(() => {
  const figure = document.querySelector(".chart");
  const pictures = figure ? [...figure.querySelectorAll("svg")] : [];
  if (!pictures.length) return;
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("aria-hidden", "true"); // the mark's own name says the same
  tip.hidden = true;
  figure.append(tip);

  function show(mark) {
    for (const one of figure.querySelectorAll(".mark.shown")) one.classList.remove("shown");
    tip.hidden = !mark;
    if (!mark) return;
    mark.classList.add("shown");
    const [name, ...lines] = mark.tip.split("\n").map((words) => {
      const line = document.createElement("span");
      line.textContent = words;
      return line;
    });
    const strong = document.createElement("b");
    strong.append(name);
    tip.replaceChildren(strong, ...lines);
    const box = mark.getBoundingClientRect(), around = figure.getBoundingClientRect();
    const left = Math.min(box.left, around.right - tip.offsetWidth) - around.left;
    tip.style.left = `${Math.max(0, left)}px`;
    tip.style.top = `${box.bottom - around.top + 6}px`;
  }

  for (const picture of pictures) {
    const marks = [...picture.querySelectorAll(".mark")];
    marks.forEach((mark, number) => {
      const title = mark.querySelector("title");
      mark.tip = title.textContent;
      title.remove(); // else the browser would show it, too
      mark.setAttribute("tabindex", number ? -1 : 0);
      mark.addEventListener("pointerenter", () => show(mark));
      mark.addEventListener("pointerleave", (event) => {
        if (event.pointerType !== "touch") show(marks.includes(document.activeElement) ? document.activeElement : null);
      });
      mark.addEventListener("focus", () => {
        for (const one of marks) one.setAttribute("tabindex", one === mark ? 0 : -1);
        show(mark);
      });
      mark.addEventListener("blur", () => show(null));
      mark.addEventListener("click", () => mark.focus({ preventScroll: true }));
    });
    picture.addEventListener("keydown", (event) => {
      const at = marks.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[event.key];
      if (event.key === "Escape") show(null);
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      marks[(to + marks.length) % marks.length].focus();
    });
  }

  window.addEventListener("resize", () => show(null)); // the mark is elsewhere then

  const whole = document.getElementById("whole-screen");
  if (whole && document.fullscreenEnabled) {
    whole.hidden = false;
    whole.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : figure.requestFullscreen()));
  }
})();
