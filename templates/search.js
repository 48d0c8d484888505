/* The search page: asks the index that Pagefind made when the site was built. */
const form = document.querySelector(".search");
const input = form.querySelector("input");
const found = document.querySelector("#found");
const results = document.querySelector("#results");
const site = new URL("../", import.meta.url);
const pagefind = await import(new URL("search/index/pagefind.js", site));
await pagefind.options({ baseUrl: site.pathname });

/* Text with its marked words; whatever else an index might hold stays text. */
function excerpt(html) {
  const line = document.createElement("p");
  line.className = "dek";
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    const part = document.createElement(node.nodeName === "MARK" ? "mark" : "span");
    part.textContent = node.textContent;
    line.append(part);
  }
  return line;
}

function item(page) {
  const link = document.createElement("a");
  link.href = page.url;
  link.textContent = page.meta.title;
  const head = document.createElement("h2");
  head.append(link);
  const one = document.createElement("li");
  one.append(head, excerpt(page.excerpt));
  return one;
}

async function search() {
  const words = input.value.trim();
  const answer = await pagefind.debouncedSearch(words, {}, 150);
  if (!answer) return; /* a later word was typed */
  const pages = await Promise.all(answer.results.slice(0, 20).map((result) => result.data()));
  results.replaceChildren(...pages.map(item));
  const { none, found: some } = form.dataset;
  found.textContent = !words ? "" : pages.length ? some.replace("{n}", answer.results.length) : none;
}

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
input.addEventListener("input", search);
input.value = new URLSearchParams(location.search).get("q") ?? "";
if (input.value) search();
