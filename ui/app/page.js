// What no component does: buttons inside answers tell the server what they do, the address
// follows the conversation, and a new question is scrolled to the top.
// `element`, `trigger` and `watch` come from gr.HTML, what is kept from kept.js, `copy` from
// copying.js.
const TALK = ["chat", "q", "place", "year"]; // what of the address names the conversation
const QUEUED = ["again"]; // what makes an answer; everything else is done at once

const talkOf = (search) => {
	const address = new URLSearchParams(search);
	return JSON.stringify(TALK.map((part) => address.getAll(part)));
};

// --- controls ----------------------------------------------------------------------

let acted = ""; // the id of the control used last: it keeps the focus when it is drawn anew

const act = (link, id) => {
	acted = id;
	const told = new URLSearchParams(link);
	const what = told.get("do");
	if (QUEUED.includes(what)) send(link, "replace");
	else if (what === "correct") correct(link);
	else if (what === "rename") renameKept(told.get("chat"), told.get("title"));
	else {
		if (what === "delete") drop(told.get("chat"));
		trigger("input", { link });
	}
};

// One on the page leaves its address at once too, or a reload would ask it again, and keep it.
const drop = (name) => {
	const shownHere = new URLSearchParams(location.search).get("chat") === name;
	if (shownHere) go(new URLSearchParams(), "replace");
	dropKept(name);
};

// What makes an answer, or leads to a conversation: one that is kept is asked as it was.
const send = (link, step) => trigger("submit", { link, step, asks: asksKept(link) });

const correct = (link) => {
	trigger("select", { link });
	const field = "#correct-" + new URLSearchParams(link).get("part") + " input";
	focusLater(field, 20);
};

const focusLater = (selector, tries) => {
	const found = document.querySelector(selector);
	if (found?.offsetParent) found.focus();
	else if (tries) setTimeout(focusLater, 100, selector, tries - 1);
};

document.addEventListener("click", (event) => {
	const control = event.target.closest?.("button[data-do], [data-copy], [data-link], a.talk");
	if (!control || event.ctrlKey || event.metaKey || event.shiftKey) return;
	if (control.dataset.do) act(control.dataset.do, control.id);
	else if (!control.matches("a.talk")) copy(control);
	else {
		event.preventDefault();
		send(control.getAttribute("href"), "push");
	}
});

document.addEventListener("submit", (event) => {
	const form = event.target.closest?.("form[data-do]");
	if (!form) return;
	event.preventDefault();
	act(form.dataset.do + "&" + new URLSearchParams(new FormData(form)), form.elements[0].id);
});

// --- the address -------------------------------------------------------------------

const opening = location.search; // what the page was opened with
let shown = talkOf(opening); // the conversation on the page

const follow = () => {
	const kept = element.querySelector("[data-keep]");
	if (kept) keep(JSON.parse(kept.dataset.keep));
	const told = element.querySelector("[data-address]");
	if (!told) return;
	if (!told.dataset.address) tellKept(); // none of them is on the page any more
	go(new URLSearchParams(told.dataset.address), told.dataset.step);
};

// The address with another conversation in it.
const go = (talk, step) => {
	const address = new URLSearchParams(location.search);
	for (const part of TALK) address.delete(part);
	for (const [part, value] of talk) address.append(part, value);
	shown = talkOf("?" + address);
	if (shown === talkOf(location.search)) return;
	const query = address.toString() ? "?" + address : location.pathname;
	if (step === "push") history.pushState(null, "", query);
	else history.replaceState(null, "", query);
};
watch("value", follow);

window.addEventListener("popstate", () => {
	if (talkOf(location.search) === shown) return;
	shown = talkOf(location.search);
	send(location.search, "replace");
});

// Once the page has its words, and in each language it is given: what is kept is listed, and
// what its address asked when it was opened is asked.
let named = "";

const worded = (conversation) => {
	if (conversation === named) return;
	if (!named && shown !== talkOf("") && shown === talkOf(opening)) send(opening, "replace");
	named = conversation;
	tellKept();
};

// --- scrolling and focus -----------------------------------------------------------

// A new question is scrolled to the top of the conversation: its direct answer comes first.
// The welcome may go, and the answer grow, just after: it is held there for a moment.
const HELD = 1000; // milliseconds
let newest = ""; // the id of the question asked last
let appeared = 0; // when it did, or its answer was whole

// Whoever does something with the page is not held.
for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
	document.addEventListener(kind, () => (appeared = 0), { capture: true, passive: true });
}

// What Gradio leaves to be said to assistive technology.
const mend = () => {
	const toggle = document.querySelector("#shelf .toggle-button");
	const shelf = document.querySelector("#talks nav")?.getAttribute("aria-label");
	if (shelf && toggle?.ariaLabel !== shelf) toggle?.setAttribute("aria-label", shelf);
	// A list of buttons is no list; each button says what it asks.
	document.querySelector("#chat .examples[role=list]")?.removeAttribute("role");
	for (const example of document.querySelectorAll("#chat .example[aria-label]")) {
		example.removeAttribute("aria-label");
	}
	const log = document.querySelector("#chat [role=log]");
	const conversation = document.querySelector("#heading [data-conversation]")?.dataset.conversation;
	if (conversation) worded(conversation);
	if (log && conversation && log.ariaLabel !== conversation) log.setAttribute("aria-label", conversation);
	if (log && log.tabIndex < 0) log.tabIndex = 0; // what scrolls can be scrolled by keyboard
};

const align = () => {
	mend();
	if (acted && (!document.activeElement || document.activeElement === document.body)) {
		document.getElementById(acted)?.focus({ preventScroll: true });
	}
	const asked = document.querySelectorAll("#chat .question");
	if (!asked.length) return;
	const last = asked[asked.length - 1];
	const whole = document.querySelectorAll("#chat .answer .footer").length;
	if (newest !== last.id + whole) appeared = Date.now();
	newest = last.id + whole;
	if (Date.now() - appeared > HELD) return;
	const log = last.closest("[role=log]");
	const offset = last.getBoundingClientRect().top - log.getBoundingClientRect().top;
	log.scrollTop += offset - 12;
};
new MutationObserver(() => requestAnimationFrame(align)).observe(document.body, {
	childList: true,
	subtree: true,
});
