// The source panel: links into it open beside the chat, the address keeps what is open (so
// that it can be shared, reloaded and gone back to), and the panel scrolls to the quote.
// `element`, `trigger` and `watch` come from gr.HTML.
const PARTS = ["report", "p", "start", "end"];
const LINKS = 'a[href^="?report="], a[href="?close=1"]';
const PATIENCE = 600; // milliseconds
const TRIES = 8;
let opener = null; // the link that opened the panel: focus goes back to it
let checking = 0; // the timer that looks whether the panel shows what the address says
let moving = false; // whether the next change of the panel was asked for here

const sourceOf = (search) => {
	const address = new URLSearchParams(search);
	return PARTS.map((part) => address.get(part) ?? "").join("&");
};

const show = () => {
	moving = true;
	trigger("click", { link: location.search });
	clearTimeout(checking);
	checking = setTimeout(settle, PATIENCE, TRIES);
};

// Two quick steps back: what comes for the first is not what the address says any more.
const settle = (left) => {
	const shown = element.querySelector("[data-query]")?.dataset.query;
	if (!left || shown === undefined || sourceOf(shown) === sourceOf(location.search)) return;
	trigger("click", { link: location.search });
	checking = setTimeout(settle, PATIENCE, left - 1);
};

document.addEventListener("click", (event) => {
	const link = event.target.closest?.(LINKS);
	const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
	if (!link || elsewhere) return;
	event.preventDefault();
	if (!element.contains(link)) opener = link;
	const wanted = new URLSearchParams(link.search);
	const address = new URLSearchParams(location.search);
	for (const part of PARTS) {
		if (wanted.has(part)) address.set(part, wanted.get(part));
		else address.delete(part);
	}
	const query = address.toString() ? "?" + address : "";
	if (query !== location.search) history.pushState(null, "", query || location.pathname);
	show();
});

document.addEventListener("keydown", (event) => {
	if (event.key === "Escape") element.querySelector(".source-close")?.click();
});

let before = sourceOf(location.search);
window.addEventListener("popstate", () => {
	if (sourceOf(location.search) !== before || element.querySelector(".source-open")) show();
	before = sourceOf(location.search);
});

const reveal = () => {
	const panel = document.getElementById("aside");
	const target = element.querySelector("mark") || element.querySelector(".here");
	if (target && panel) {
		const offset = target.getBoundingClientRect().top - panel.getBoundingClientRect().top;
		panel.scrollTop += offset - panel.clientHeight / 2.5;
	}
	before = sourceOf(location.search);
	if (!moving) return;
	moving = false;
	if (target) element.querySelector("h2")?.focus({ preventScroll: true });
	else (document.getElementById(opener?.id) || opener)?.focus();
};
watch("value", () => requestAnimationFrame(reveal));
