// The Evaluation room: its content comes from addresses of its own, the address bar follows,
// and a run that goes on is looked after. `element` and `watch` come from gr.HTML.
const SOON = 700; // milliseconds between two looks at a run that goes on

const within = (selector) => element.querySelector(selector);
const address = (path, query = "") => {
	const wanted = new URLSearchParams(query);
	wanted.set("lang", within("[data-lang]")?.dataset.lang ?? "zh");
	return `./evaluation/${path}?${wanted}`;
};

const ask = async (path, body, headers = {}) => {
	const sent = body instanceof Blob ? body : JSON.stringify(body);
	const answer = await fetch(address(path), { method: "POST", body: sent, headers });
	const text = await answer.text();
	if (!answer.ok) throw new Error(text);
	return { text, status: answer.status };
};

const tell = (message) => {
	const said = document.createElement("p");
	said.className = "failure";
	said.setAttribute("role", "alert");
	said.textContent = message;
	within("#going")?.before(said);
	setTimeout(() => said.remove(), 15000);
};

const attempt = async (work) => {
	try {
		await work();
	} catch (error) {
		tell(error.message);
	}
};

// --- what is shown -------------------------------------------------------------------

let wanted = 0; // counts what was asked for: only the last answer is shown

const show = (focus) =>
	attempt(async () => {
		const mine = ++wanted;
		const answer = await fetch(address("view", location.search));
		const html = await answer.text();
		if (mine !== wanted) return;
		if (!answer.ok) return tell(html);
		within("#content").innerHTML = html;
		localise();
		if (focus) (within("#run-title") ?? within("#content a"))?.focus();
	});

// Times in the reader's own zone.
const localise = () => {
	for (const time of element.querySelectorAll("time[datetime]")) {
		const at = new Date(time.dateTime);
		if (!Number.isNaN(at.valueOf())) {
			time.textContent = at.toLocaleString(document.documentElement.lang || undefined);
		}
	}
};

const go = (query) => {
	history.pushState(null, "", location.pathname + query);
	window.scrollTo(0, 0);
	show(true);
};

window.addEventListener("popstate", () => within("#content") && show(true));

// --- a run that goes on ----------------------------------------------------------------

let looking = 0;
let wasActive = false;

const look = async () => {
	clearTimeout(looking);
	const box = within("#going");
	if (!box || !within("#start")) return;
	let active = wasActive;
	try {
		const answer = await fetch(address("going"));
		if (!answer.ok) return;
		const html = await answer.text();
		const focused = box.contains(document.activeElement) ? document.activeElement.id : "";
		if (box.innerHTML !== html) box.innerHTML = html;
		if (focused) document.getElementById(focused)?.focus();
		active = box.firstElementChild?.dataset.active === "1";
		within("#start-go").disabled = active;
	} catch {
		// the server may be back in a moment
	}
	if (wasActive && !active && !new URLSearchParams(location.search).get("run")) show();
	wasActive = active;
	if (active) looking = setTimeout(look, SOON);
};

const order = async (path, body) => {
	await attempt(() => ask(path, body));
	wasActive = true;
	look();
};

// --- question files of one's own -------------------------------------------------------

const send = (file) =>
	attempt(async () => {
		const headers = { "X-File-Name": encodeURIComponent(file.name) };
		const { text, status } = await ask("questions", file, headers);
		within("#lint").innerHTML = text;
		if (status === 201) await renew();
	});

// The form and the list of files anew, after a file came or went.
const renew = async () => {
	const answer = await fetch(address("sets"));
	if (!answer.ok) return;
	const fresh = document.createElement("div");
	fresh.innerHTML = await answer.text();
	within("#set").replaceChildren(...fresh.querySelector("select").children);
	within("#kept").replaceChildren(...fresh.querySelector(".files").children);
};

// --- events ----------------------------------------------------------------------------

element.addEventListener("click", (event) => {
	const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
	// Links within the room name it: a page takes relative addresses from the chat's.
	const link = event.target.closest('a[href="./evaluation"], a[href^="./evaluation?"]');
	if (link && !elsewhere) {
		event.preventDefault();
		go(link.search);
		return;
	}
	const button = event.target.closest("button");
	if (!button) return;
	if (button.id === "stop-run") order("stop", {});
	else if (button.dataset.forget) {
		attempt(async () => {
			await ask("forget", { set: button.dataset.forget });
			await renew();
			within("#questions").focus();
		});
	} else if (button.id === "log-out") {
		fetch("./" + button.dataset.session, { method: "DELETE" }).then(() => location.reload());
	}
});

element.addEventListener("submit", (event) => {
	event.preventDefault();
	if (event.target.id === "start") order("start", { set: event.target.elements.set.value });
});

element.addEventListener("change", (event) => {
	if (event.target.id !== "questions") return;
	const [file] = event.target.files;
	if (file) send(file);
	event.target.value = "";
});

// The room is drawn when the page opens, and again in another language: then without the address.
let drawn = false;
watch("value", () => {
	if (!within("#content")) return;
	if (drawn && location.search) show();
	else localise();
	drawn = true;
	look();
});
