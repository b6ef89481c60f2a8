// The Reports room: its list and reports come from addresses of their own, the address bar
// follows, files are sent one by one, and work that goes on is looked after.
// `element` and `watch` come from gr.HTML, `copy` from copying.js.
const ROOM = "./reports"; // as the room's links name it
const SENT_AT_ONCE = 3;
const SOON = 800; // milliseconds between two looks at work that goes on

const within = (selector) => element.querySelector(selector);
const language = () => within("[data-lang]")?.dataset.lang ?? "zh";
const address = (path, query = "") => {
	const wanted = new URLSearchParams(query);
	wanted.set("lang", language());
	return `./reports/${path}?${wanted}`;
};

const ask = async (path, body, headers = {}) => {
	const sent = body instanceof Blob ? body : JSON.stringify(body);
	const answer = await fetch(address(path), { method: "POST", body: sent, headers });
	if (!answer.ok) throw new Error(await answer.text());
	return answer;
};

const tell = (message) => {
	const said = document.createElement("p");
	said.className = "failure";
	said.setAttribute("role", "alert");
	said.textContent = message;
	within("#work")?.before(said);
	setTimeout(() => said.remove(), 15000);
};

// --- what is shown -----------------------------------------------------------------

let wanted = 0; // counts what was asked for: only the last answer is shown
const lists = []; // addresses of lists that reports were opened from

const reportOf = (search) => new URLSearchParams(search).get("report");

const show = async (focus) => {
	const mine = ++wanted;
	try {
		const answer = await fetch(address("view", location.search));
		const html = await answer.text();
		if (mine !== wanted) return;
		if (!answer.ok) return tell(html);
		within("#content").innerHTML = html;
		arrive(focus);
	} catch (error) {
		tell(String(error));
	}
};

// What the address names is scrolled to; the focus goes where the reader goes on.
const arrive = (focus) => {
	const back = within("#back");
	if (back) back.setAttribute("href", ROOM + (lists.at(-1) ?? ""));
	const number = new URLSearchParams(location.search).get("p");
	const place = number === null ? null : within(".cited") ?? document.getElementById("p-" + number);
	for (const marked of element.querySelectorAll(".paragraph .here")) {
		marked.classList.toggle("here", marked.parentElement.id === "p-" + number);
	}
	if (place) {
		place.closest(".paragraph")?.querySelector("p")?.classList.add("here");
		place.scrollIntoView({ block: "center" });
	}
	if (!focus) return;
	const target = (focus !== true && document.getElementById(focus)) || within("#report-title");
	if (place) place.closest(".paragraph")?.querySelector("a")?.focus({ preventScroll: true });
	else target?.focus({ preventScroll: focus !== true });
};

const go = (query, focus) => {
	const before = location.search;
	if (!reportOf(before) && reportOf(query)) lists.push(before);
	history.pushState(null, "", location.pathname + query);
	const moves = !new URLSearchParams(query).has("start") && !within(".cited");
	if (moves && reportOf(query) && reportOf(query) === reportOf(before)) arrive(true);
	else {
		if (focus === true) window.scrollTo(0, 0);
		show(focus);
	}
};

window.addEventListener("popstate", () => within("#content") && show(true));

// --- work that goes on ---------------------------------------------------------------

let looking = 0;
let wasActive = false;

const look = async () => {
	clearTimeout(looking);
	const box = within("#work");
	if (!box) return;
	let active = wasActive;
	try {
		const answer = await fetch(address("work"));
		if (!answer.ok) return;
		const fresh = document.createElement("div");
		fresh.innerHTML = await answer.text();
		active = fresh.firstElementChild?.dataset.active === "1";
		redraw(box, fresh);
	} catch {
		active = wasActive; // the server may be back in a moment
	}
	if (wasActive && !active) show();
	wasActive = active;
	if (active) looking = setTimeout(look, SOON);
};

// The pieces stay as their reader has opened and closed them; what was ordered here is open.
const own = new Set();
const redraw = (box, fresh) => {
	for (const details of fresh.querySelectorAll("details.piece")) {
		const old = document.getElementById(details.id);
		if (!old) {
			details.open ||= own.has(details.id);
			continue;
		}
		details.open = old.open;
		const [inner, outer] = [details, old].map((one) => one.querySelector("details.changes"));
		if (inner && outer) inner.open = outer.open;
	}
	if (fresh.innerHTML === box.innerHTML) return;
	const focused = box.contains(document.activeElement) ? document.activeElement.id : "";
	box.replaceChildren(...fresh.childNodes);
	if (focused) document.getElementById(focused)?.focus();
};

// --- sending files --------------------------------------------------------------------

const send = async (files) => {
	if (!files.length) return;
	const status = within("#sending");
	const refused = within("#refused");
	refused.replaceChildren();
	let done = 0;
	let kept = 0;
	const say = () => {
		status.textContent = `${status.dataset.sending} ${done}/${files.length}`;
	};
	say();
	try {
		const { upload } = await (await ask("uploads", { count: files.length })).json();
		const waiting = [...files];
		const sendSome = async () => {
			for (let file = waiting.shift(); file; file = waiting.shift()) {
				try {
					const headers = { "X-File-Name": encodeURIComponent(file.name) };
					await ask(`uploads/${upload}`, file, headers);
					kept += 1;
				} catch (error) {
					const line = refused.appendChild(document.createElement("li"));
					line.textContent = error instanceof TypeError ? `${file.name}: ${error.message}` : error.message;
				}
				done += 1;
				say();
			}
		};
		await Promise.all(Array.from({ length: SENT_AT_ONCE }, sendSome));
		if (kept) await orderAs(`uploads/${upload}/take`, {});
	} catch (error) {
		tell(error.message);
	}
	status.textContent = "";
	wasActive = wasActive || kept > 0;
	look();
};

const orderAs = async (path, body) => {
	const answer = await ask(path, body);
	if (answer.status === 202) own.add("work-" + (await answer.json()).work);
};

const order = async (path, body) => {
	try {
		await orderAs(path, body);
	} catch (error) {
		tell(error.message);
	}
	wasActive = true;
	look();
};

// --- removing -------------------------------------------------------------------------

const chosen = () => [...element.querySelectorAll('#content input[name="id"]:checked')];

const remove = (entries) => {
	const dialog = within("#confirm");
	const names = within("#confirm-names");
	names.replaceChildren(
		...entries.map(({ name }) => {
			const line = document.createElement("li");
			line.textContent = name;
			return line;
		}),
	);
	dialog.returnValue = "";
	dialog.showModal();
	within("#confirm-no").focus();
	dialog.onclose = () => {
		if (dialog.returnValue !== "yes") return;
		order("remove", { ids: entries.map(({ id }) => id) });
		if (reportOf(location.search)) go(lists.at(-1) ?? "", "find");
	};
};

const count = () => {
	const button = within("#remove-chosen");
	if (button) button.disabled = !chosen().length;
};

// --- events ---------------------------------------------------------------------------

element.addEventListener("click", (event) => {
	const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
	const link = event.target.closest(`a[href^="${ROOM}"]`);
	if (link && !elsewhere) {
		event.preventDefault();
		const opens = reportOf(link.search) !== null || link.id === "back";
		go(link.search, opens ? true : link.id);
		return;
	}
	const button = event.target.closest("button");
	if (!button) return;
	if (button.dataset.link !== undefined) copy(button);
	else if (button.dataset.stop) order("stop", { work: button.dataset.stop });
	else if (button.dataset.remove) {
		remove([{ id: button.dataset.remove, name: button.dataset.name }]);
	} else if (button.id === "remove-chosen") {
		remove(chosen().map((box) => ({ id: box.value, name: box.dataset.name })));
	} else if (button.id === "log-out") {
		fetch("./" + button.dataset.session, { method: "DELETE" }).then(() => location.reload());
	}
});

element.addEventListener("change", (event) => {
	if (event.target.id === "choose-all") {
		for (const box of element.querySelectorAll('#content input[name="id"]')) {
			box.checked = event.target.checked;
		}
	}
	if (event.target.id === "files") {
		send([...event.target.files]);
		event.target.value = "";
	}
	if (event.target.matches("select[name=year], select[name=state]")) narrow(event.target.id);
	count();
});

const narrow = (focus) => {
	const form = within("form[data-list]");
	const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
	for (const kept of ["sort", "down"]) {
		const value = new URLSearchParams(location.search).get(kept);
		if (value) query.set(kept, value);
	}
	go(query.toString() ? "?" + query : "", focus);
};

element.addEventListener("submit", (event) => {
	const form = event.target;
	if (form.method === "dialog") return;
	event.preventDefault();
	if (form.dataset.list !== undefined) narrow("find");
	else if (form.id === "from-folder") order("folder", { folder: form.elements.folder.value });
	else if (form.dataset.session) logIn(form);
});

const logIn = async (form) => {
	const query = new URLSearchParams({ lang: document.documentElement.lang || "zh" });
	const answer = await fetch(`./${form.dataset.session}?${query}`, {
		method: "POST",
		body: form.elements.password.value,
	});
	if (answer.ok) return location.reload();
	const said = within(".closed .failure");
	said.textContent = await answer.text();
	said.hidden = false;
	form.elements.password.select();
};

for (const kind of ["dragover", "dragleave", "drop"]) {
	element.addEventListener(kind, (event) => {
		const box = event.target.closest?.("#drop");
		if (!box) return;
		event.preventDefault();
		box.classList.toggle("over", kind === "dragover");
		if (kind === "drop") send([...event.dataTransfer.files]);
	});
}

// The room is drawn when the page opens, and again in another language: then without the address.
let drawn = false;
watch("value", () => {
	if (!within("#content")) return;
	if (drawn && location.search) show();
	else arrive();
	drawn = true;
	look();
});
