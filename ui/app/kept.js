// The conversations that this browser keeps: which questions were asked, the latest first.
// They are read anew before each change, so that two tabs do not overwrite each other's;
// gr.BrowserState reads once, when a tab opens, and writes what that tab knows.
const KEPT = "fazhi-talks";
const MOST_KEPT = 40; // a browser keeps some megabytes for a page

const readKept = () => {
	try {
		const kept = JSON.parse(localStorage.getItem(KEPT));
		return Array.isArray(kept) ? kept : [];
	} catch {
		return []; // written by hand, or nothing may be kept here
	}
};

// The list is drawn by the server. What is told while it draws an earlier one can get lost: the
// list says which telling it shows, and the last one is told until it is shown.
const LISTED = 600; // milliseconds until it should be
const TELLINGS = 10;
let tellings = 0;
let listing = 0; // the timer that looks

const tellKept = () => {
	tellings += 1;
	clearTimeout(listing);
	tell(TELLINGS);
};

const tell = (left) => {
	trigger("apply", { kept: readKept(), telling: String(tellings) });
	listing = setTimeout(() => {
		const shown = document.querySelector("#talks [data-telling]")?.dataset.telling;
		if (left && shown !== String(tellings)) tell(left - 1);
	}, LISTED);
};

const changeKept = (change) => {
	try {
		localStorage.setItem(KEPT, JSON.stringify(change(readKept()).slice(0, MOST_KEPT)));
	} catch {
		// A browser that keeps nothing, or has no room: the page works all the same.
	}
	tellKept();
};

// The latest first; the title stays, and one that was only opened again keeps its place.
const keep = (talk) =>
	changeKept((kept) => {
		const before = kept.find(({ id }) => id === talk.id);
		if (before && JSON.stringify(before.asks) === JSON.stringify(talk.asks)) return kept;
		const others = kept.filter(({ id }) => id !== talk.id);
		return [{ title: before?.title ?? "", ...talk }, ...others];
	});

const renameKept = (name, title) =>
	changeKept((kept) =>
		kept.map((talk) =>
			talk.id === name ? { ...talk, title: title.trim().replace(/\s+/g, " ") } : talk,
		),
	);

const dropKept = (name) => changeKept((kept) => kept.filter(({ id }) => id !== name));

// What the conversation that an address names asks; nothing where none is kept.
const asksKept = (search) => {
	const name = new URLSearchParams(search).get("chat");
	return readKept().find(({ id }) => id === name)?.asks ?? [];
};

// Another tab has changed them.
window.addEventListener("storage", (event) => {
	if (event.key === KEPT) tellKept();
});
