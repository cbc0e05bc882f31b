// The search: looks words up in the index, which knows every form. Nothing is asked of another place.
"use strict";

(() => {
  const HAN = /\p{Script=Han}/u;
  const PART = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+(?:[.,][0-9]+)*(?:\(\))?/gu;
  const SYNONYM = 0.8, BEGINNING = 0.8, MOST = 24;
  let loading = null;

  function load(address) {
    loading ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => done(prepared(window.searchIndex));
      script.onerror = failed;
      document.head.append(script);
    });
    return loading;
  }

  // Keyed by strings that a reader types: never looked up in an object's prototype.
  function prepared(index) {
    const maps = {};
    for (const name of ["forms", "groups", "terms"]) maps[name] = new Map(Object.entries(index[name]));
    return { ...maps, stop: new Set(index.stop), longest: Math.max(...[...maps.groups.keys()].map((key) => key.split(" ").length)) };
  }

  function parts(text) {
    const plain = text.normalize("NFKC").toLowerCase().replaceAll("’", "'").replaceAll("'s", "").replace(/\be-(?=[a-z])/g, "e");
    return (plain.match(PART) || []).map((one) => one.replaceAll(",", ""));
  }

  const pairs = (run) => run.length < 2 ? [run] : [...run].slice(1).map((_, at) => run.slice(at, at + 2));
  const way = (terms, factor, need = terms.length) => ({ terms, factor, need });
  const groupWays = (index, key) => (index.groups.get(key) || []).map((one) => way(["~" + one], SYNONYM));

  function begun(index, start) {
    const found = new Set();
    for (const term of index.terms.keys()) if (term.startsWith(start)) found.add(term);
    for (const [form, stem] of index.forms) if (form.startsWith(start)) found.add(stem);
    return [...found].slice(0, MOST).map((term) => way([term], BEGINNING));
  }

  // Each wanted thing is a list of ways in which a text may have it.
  function ofWords(index, asked) {
    const given = asked.map((one) => index.terms.has(one) ? one : one.replace(/\(\)$/, ""));
    const stems = given.map((one) => index.forms.get(one) || one), wanted = [];
    for (let at = 0; at < stems.length;) {
      let length = Math.min(index.longest, stems.length - at);
      while (length > 1 && !index.groups.has(stems.slice(at, at + length).join(" "))) length -= 1;
      const said = stems.slice(at, at + length), ways = groupWays(index, said.join(" "));
      if (said.every((one) => index.terms.has(one))) ways.push(way(said, 1));
      wanted.push(ways.length ? ways : begun(index, given[at]));
      at += length;
    }
    return wanted;
  }

  function ofChinese(index, run) {
    const wanted = [], rest = [];
    let open = "";
    for (let at = 0; at < run.length;) {
      let length = run.length - at;
      while (length > 1 && !index.groups.has(run.slice(at, at + length))) length -= 1;
      if (length === 1) {
        open += run[at];
      } else {
        const key = run.slice(at, at + length);
        wanted.push([way(pairs(key), 1), ...groupWays(index, key)]);
        rest.push(open);
        open = "";
      }
      at += length;
    }
    for (const one of [...rest, open]) {
      if (one.length > 1) wanted.push([way(pairs(one), 1, Math.ceil((one.length - 1) / 2))]);
      else if (one && run.length === 1) wanted.push(begun(index, one));
    }
    return wanted;
  }

  function scored(index, ways) {
    const best = new Map();
    for (const { terms, factor, need } of ways) {
      const sums = new Map();
      for (const term of terms) {
        const stands = index.terms.get(term) || [];
        for (let at = 0; at < stands.length; at += 2) {
          const [count, sum] = sums.get(stands[at]) || [0, 0];
          sums.set(stands[at], [count + 1, sum + stands[at + 1]]);
        }
      }
      for (const [number, [count, sum]] of sums) {
        if (count >= need) best.set(number, Math.max(best.get(number) || 0, sum * factor));
      }
    }
    return best;
  }

  // Numbers of what is found, best first; with `all`, only what has every word.
  function find(index, query, all) {
    const given = parts(query), useful = given.filter((one) => !index.stop.has(one));
    const wanted = [], english = [];
    for (const one of useful) {
      if (HAN.test(one)) wanted.push(...ofChinese(index, one));
      else english.push(one);
    }
    wanted.push(...ofWords(index, english));
    const found = new Map();
    for (const ways of wanted) {
      for (const [number, score] of scored(index, ways)) {
        const [count, sum] = found.get(number) || [0, 0];
        found.set(number, [count + 1, sum + score]);
      }
    }
    const most = all ? wanted.length : Math.max(0, ...[...found.values()].map(([count]) => count));
    return [...found].filter(([, [count]]) => count === most).sort((a, b) => b[1][1] - a[1][1] || a[0] - b[0]).map(([number]) => number);
  }

  window.siteSearch = { load, find };

  const form = document.getElementById("search-form");
  if (!form) return;
  const list = document.getElementById("results"), said = document.getElementById("found"), field = form.elements.q;
  const items = [...list.children], other = document.getElementById("other-language"), address = other.getAttribute("href");

  async function show() {
    const query = field.value.trim();
    const state = query ? "?" + new URLSearchParams({ q: query }) : "";
    other.setAttribute("href", address + state);
    try {
      history.replaceState(null, "", location.pathname + state);
    } catch {
      // a page opened as a file may keep its address
    }
    let numbers = items.map((_, number) => number);
    if (query) {
      try {
        numbers = find(await load(form.dataset.index), query, false);
      } catch {
        said.textContent = said.dataset.failed;
        return;
      }
      if (query !== field.value.trim()) return;
    }
    list.replaceChildren(...numbers.slice(0, query ? MOST : undefined).map((number) => items[number]));
    const words = !query ? "" : numbers.length ? said.dataset.some : said.dataset.none;
    const text = words.replace("{n}", numbers.length);
    if (said.textContent !== text) said.textContent = text;
  }

  field.value = new URLSearchParams(location.search).get("q") || "";
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  form.hidden = false;
  show();
})();
