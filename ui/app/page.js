// What no component does: links into the source panel open beside the chat, the
// address keeps what is open (so that it can be shared, reloaded and gone back to),
// and the panel scrolls to the quote. `element`, `trigger` and `watch` come from gr.HTML.
const PARTS = ["report", "p", "start", "end"];
const LINKS = 'a[href^="?report="], a[href="?close=1"]';
let opener = null; // the link that opened the panel: focus goes back to it
const PATIENCE = 600; // milliseconds
const TRIES = 8;
let checking = 0; // the timer that looks whether the panel shows what the address says
let moving = false; // whether the next change of the panel was asked for here

const show = (search) => {
	moving = true;
	trigger("click", { link: search });
	clearTimeout(checking);
	checking = setTimeout(settle, PATIENCE, TRIES);
};

// Two quick steps back: what comes for the first is not what the address says any more.
const settle = (left) => {
	const shown = element.querySelector("[data-query]")?.dataset.query;
	if (!left || shown === undefined || shown === location.search) return;
	trigger("click", { link: location.search });
	checking = setTimeout(settle, PATIENCE, left - 1);
};

const addressWith = (change) => {
	const address = new URLSearchParams(location.search);
	change(address);
	const query = address.toString();
	return query ? "?" + query : location.pathname;
};

document.addEventListener("click", (event) => {
	const link = event.target.closest?.(LINKS);
	const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
	if (!link || elsewhere) return;
	event.preventDefault();
	if (!element.contains(link)) opener = link;
	const wanted = new URLSearchParams(link.search);
	const url = addressWith((address) => {
		for (const part of PARTS) {
			if (wanted.has(part)) address.set(part, wanted.get(part));
			else address.delete(part);
		}
	});
	if (url !== location.search) history.pushState(null, "", url);
	show(location.search);
});

document.addEventListener("keydown", (event) => {
	if (event.key === "Escape") element.querySelector(".source-close")?.click();
});

window.addEventListener("popstate", () => show(location.search));

window.fazhiKeepQuestion = (question) => {
	const text = (question || "").trim();
	if (text) history.replaceState(null, "", addressWith((address) => address.set("q", text)));
};

// A new question is scrolled to the top of the conversation: its direct answer comes first.
// The welcome may go, and the answer grow, just after: it is held there for a moment.
const HELD = 1000; // milliseconds
const columns = element.closest("#columns");
let seen = 0; // questions and whole answers
let appeared = 0; // when the newest of them did

const align = () => {
	const asked = columns.querySelectorAll("#chat .question");
	const now = asked.length + columns.querySelectorAll("#chat .answer .footer").length;
	if (now > seen) appeared = Date.now();
	seen = now;
	if (!asked.length || Date.now() - appeared > HELD) return;
	const newest = asked[asked.length - 1];
	const log = newest.closest("[role=log]");
	const offset = newest.getBoundingClientRect().top - log.getBoundingClientRect().top;
	log.scrollTop += offset - 12;
};
new MutationObserver(() => requestAnimationFrame(align)).observe(columns, {
	childList: true,
	subtree: true,
});

const reveal = () => {
	const panel = document.getElementById("aside");
	const target = element.querySelector("mark") || element.querySelector(".here");
	if (target && panel) {
		const offset = target.getBoundingClientRect().top - panel.getBoundingClientRect().top;
		panel.scrollTop += offset - panel.clientHeight / 2.5;
	}
	if (!moving) return;
	moving = false;
	if (target) element.querySelector("h2")?.focus({ preventScroll: true });
	else opener?.focus();
};
watch("value", () => requestAnimationFrame(reveal));
