/* The theme switch, notes that open at their mark, and the age of the newest issue.
   Every page is whole without this file. */
(() => {
  "use strict";
  const root = document.documentElement;
  const themes = ["auto", "light", "dark"];
  let theme = "auto";
  try { theme = localStorage.getItem("theme") || "auto"; } catch { /* storage is off */ }

  const show = () => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  show(); // before the first paint, so that nothing flashes

  function themeSwitch() {
    const button = document.querySelector("button.theme");
    if (!button) return;
    const label = () => { button.textContent = button.dataset[theme]; };
    button.hidden = false;
    label();
    button.addEventListener("click", () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      try { localStorage.setItem("theme", theme); } catch { /* lasts for this page */ }
      show();
      label();
    });
  }

  function ages() {
    const words = new Intl.RelativeTimeFormat(root.lang, { numeric: "auto" });
    for (const age of document.querySelectorAll("[data-since]")) {
      const [year, month, day] = age.dataset.since.split("-").map(Number);
      const now = new Date();
      const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
      const days = Math.round((today - Date.UTC(year, month - 1, day)) / 864e5);
      if (days >= 0) age.textContent = `· ${words.format(-days, "day")}`;
    }
  }

  function notes() {
    if (!("popover" in HTMLElement.prototype)) return;
    const box = document.createElement("div");
    box.className = "note-box";
    box.popover = "auto";
    box.tabIndex = -1;
    box.setAttribute("role", "dialog");
    document.body.append(box);
    let mark = null;

    function fill(note) {
      box.replaceChildren(...[...note.cloneNode(true).childNodes]);
      box.querySelector(".ways-back")?.remove();
      const close = document.createElement("button");
      close.type = "button";
      close.className = "close";
      close.textContent = document.querySelector(".footnotes").dataset.close;
      close.addEventListener("click", () => box.hidePopover());
      box.append(close);
    }

    function place() {
      const at = mark.getBoundingClientRect();
      const room = root.clientWidth - box.offsetWidth - 12;
      const below = at.bottom + 8;
      const fits = below + box.offsetHeight < root.clientHeight;
      const top = fits ? below : Math.max(8, at.top - box.offsetHeight - 8);
      box.style.top = `${top}px`;
      box.style.left = `${Math.max(12, Math.min(at.left - 24, room))}px`;
    }

    document.addEventListener("click", (event) => {
      const link = event.target.closest?.(".mark a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const note = document.getElementById(link.hash.slice(1));
      if (!note) return;
      event.preventDefault();
      mark = link;
      fill(note);
      box.setAttribute("aria-label", link.getAttribute("aria-label"));
      box.showPopover();
      place();
      box.focus();
    });
    box.addEventListener("toggle", (event) => {
      const inside = box.contains(document.activeElement) || document.activeElement === document.body;
      if (event.newState === "closed" && inside) mark?.focus({ preventScroll: true });
    });
    addEventListener("resize", () => box.matches(":popover-open") && box.hidePopover());
  }

  document.addEventListener("DOMContentLoaded", () => { themeSwitch(); ages(); notes(); });
})();
