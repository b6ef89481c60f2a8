// Copies what a button names: the text in data-copy, or the whole address of data-link.
const copy = async (button) => {
	const link = button.dataset.link;
	const text = link === undefined ? button.dataset.copy : new URL(link, document.baseURI).href;
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		// Not on https or localhost: the old way.
		const box = document.body.appendChild(document.createElement("textarea"));
		box.value = text;
		box.select();
		document.execCommand("copy");
		box.remove();
		button.focus();
	}
	const label = button.textContent;
	button.textContent = button.dataset.done;
	setTimeout(() => (button.textContent = label), 1500);
};
