// The Indicators room: matrix, charts and sources come from addresses of their own, and the
// address bar follows. `element` and `watch` come from gr.HTML.
const within = (selector) => element.querySelector(selector);
const address = (path, query) => {
	const wanted = new URLSearchParams(query);
	wanted.set("lang", within("[data-lang]")?.dataset.lang ?? "zh");
	return `./indicators/${path}?${wanted}`;
};
const OF_SOURCE = ["report", "p", "start", "end"];
const withoutSource = (query) => {
	const rest = new URLSearchParams(query);
	for (const key of OF_SOURCE) rest.delete(key);
	return rest.toString();
};

let wanted = 0; // counts what was asked for: only the last answer is shown
let opener = null; // the link that opened the source

const show = async (focus) => {
	const mine = ++wanted;
	const answer = await fetch(address("view", withoutSource(location.search)));
	const html = await answer.text();
	if (mine !== wanted) return;
	const typed = document.activeElement?.id === "place" ? document.activeElement.value : null;
	within("#content").innerHTML = html;
	if (typed !== null && focus !== "place") {
		// What is being typed stays: an answer to an earlier choice must not wipe it.
		within("#place").value = typed;
		within("#place").focus();
		return;
	}
	const target = (focus && document.getElementById(focus)) || within("#chart-title");
	target?.focus();
};

const openSource = async (focus) => {
	const panel = within("#indicator-source");
	const search = location.search;
	if (!new URLSearchParams(search).has("report")) {
		panel.hidden = true;
		panel.replaceChildren();
		opener?.isConnected && opener.focus();
		opener = null;
		return;
	}
	const answer = await fetch(address("source", search));
	const html = await answer.text();
	if (search !== location.search) return;
	panel.innerHTML = html;
	panel.hidden = false;
	const mark = within("#indicator-source mark");
	if (mark) panel.scrollTop = mark.offsetTop - panel.clientHeight / 2;
	if (focus) {
		within("#source-title")?.focus({ preventScroll: true });
		panel.scrollIntoView({ block: "nearest" });
	}
};

const go = (query, focus) => {
	const before = withoutSource(location.search);
	history.pushState(null, "", location.pathname + (query === "?" ? "" : query)); // there may be a base
	if (withoutSource(query) !== before) {
		opener = null;
		show(focus);
	}
	openSource(true);
};

const close = () => go("?" + withoutSource(location.search));

window.addEventListener("popstate", () => {
	if (!within("#content")) return;
	show();
	openSource(false);
});

element.addEventListener("click", (event) => {
	const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
	const link = event.target.closest('a[href^="./indicators?"]');
	if (link && !elsewhere) {
		event.preventDefault();
		if (new URLSearchParams(link.search).has("report")) opener = link;
		go(link.search, link.id);
	} else if (event.target.closest("#source-close")) close();
});

element.addEventListener("keydown", (event) => {
	if (event.key === "Escape" && !within("#indicator-source").hidden) close();
});

const narrow = (focus) => {
	const form = within("form.search");
	go("?" + new URLSearchParams([...new FormData(form)].filter(([, value]) => value)), focus);
};

element.addEventListener("change", (event) => {
	if (event.target.matches("form.search select")) narrow(event.target.id);
});

element.addEventListener("submit", (event) => {
	event.preventDefault();
	narrow("place");
});

// The room is drawn when the page opens, and again in another language: then without the address.
let drawn = false;
watch("value", () => {
	if (!within("#content")) return;
	if (drawn && location.search) show();
	if (location.search) openSource(false);
	drawn = true;
});
