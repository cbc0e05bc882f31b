// What the pages can do besides being read: search and filter the charts, copy texts.
"use strict";

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function filterCharts(form) {
  const shown = document.getElementById("shown");
  const cards = [...document.querySelectorAll(".card")];
  const other = document.getElementById("other-language");
  const address = other.getAttribute("href");
  const fields = ["q", "theme", "claim", "grade"];
  const known = new URLSearchParams(location.search);
  for (const name of fields) {
    if (known.get(name)) form.elements[name].value = known.get(name);
  }

  const everything = document.getElementById("everything"), toSearch = everything.getAttribute("href");

  function fits(card, wanted, numbers) {
    const own = card.dataset;
    return (!numbers || numbers.has(Number(own.number)))
      && (!wanted.theme || own.theme === wanted.theme)
      && (!wanted.claim || own.claims.split(" ").includes(wanted.claim) || own.grade === "register")
      && (!wanted.grade || own.grade === wanted.grade);
  }

  function remember(wanted) {
    const state = new URLSearchParams();
    for (const name of fields) if (wanted[name]) state.set(name, wanted[name]);
    const query = state.toString() ? "?" + state : "";
    other.setAttribute("href", address + query);
    try {
      history.replaceState(null, "", location.pathname + query + location.hash);
    } catch {
      // a page opened as a file may keep its address
    }
  }

  async function show() {
    const read = () => Object.fromEntries(fields.map((name) => [name, form.elements[name].value.trim()]));
    const wanted = read();
    let n = 0, numbers = null;
    if (wanted.q) {
      const index = await siteSearch.load(form.dataset.index);
      if (JSON.stringify(wanted) !== JSON.stringify(read())) return; // something newer is being shown
      numbers = new Set(siteSearch.find(index, wanted.q, true));
    }
    everything.setAttribute("href", toSearch + (wanted.q ? "?" + new URLSearchParams({ q: wanted.q }) : ""));
    for (const card of cards) {
      card.hidden = !fits(card, wanted, numbers);
      if (!card.hidden) n += 1;
    }
    for (const group of document.querySelectorAll(".group")) {
      group.hidden = !group.querySelector(".card:not([hidden])");
    }
    const words = n === 0 ? shown.dataset.none : n === cards.length ? shown.dataset.all : shown.dataset.some;
    const text = fill(words, { n, all: cards.length });
    if (shown.textContent !== text) shown.textContent = text;
    remember(wanted);
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.hidden = false;
  show();
}

async function copyText(area) {
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    area.select();
    return document.execCommand("copy");
  }
}

function addCopyButton(area) {
  const words = area.dataset;
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.textContent = words.copy;
  button.setAttribute("aria-label", `${words.copy}: ${area.labels[0].textContent}`);
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    said.textContent = (await copyText(area)) ? words.done : words.failed;
  });
  area.after(button, said);
}

// A served page knows its address: the code to embed then leads to the picture from anywhere.
function nameHere(area) {
  if (!location.protocol.startsWith("http")) return;
  const name = area.dataset.picture;
  area.value = area.value.replace(`src="${name}"`, `src="${new URL(document.querySelector(".chart").dataset.png, location)}"`);
  const how = document.getElementById("embed-how");
  how.textContent = how.dataset.here;
}

const form = document.getElementById("filter");
if (form) filterCharts(form);
const framed = document.getElementById("frame");
if (framed && location.protocol.startsWith("http")) {
  framed.value = framed.value.replace(/src="([^"]+)"/, (_, name) => `src="${new URL(name, location)}"`);
}
document.querySelectorAll("[data-picture]").forEach(nameHere);
document.querySelectorAll("[data-copy]").forEach(addCopyButton);
