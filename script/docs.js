// The documentation: buttons that copy code, a search that answers while one types, a calculator of code challenges.
const words = document.querySelector('.docs-body')?.dataset ?? {};

// The list of chapters may be longer than the window: show where one is.
const side = document.querySelector('.docs-side');
const current = side?.querySelector('[aria-current]');
if (current) side.scrollTop = current.offsetTop - side.offsetTop - side.clientHeight / 2;

for (const block of document.querySelectorAll('.docs-code')) {
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', className: 'docs-copy', textContent: words.copy });
  button.addEventListener('click', async () => {
    // The label changes only after the browser has copied the text: a refusal leaves it as it was.
    await navigator.clipboard.writeText(block.querySelector('code').textContent);
    button.textContent = words.copied;
    setTimeout(() => (button.textContent = words.copy), 3000);
  });
  block.append(button);
}

const search = document.querySelector('.docs-search');
if (search) {
  const input = search.querySelector('input');
  const list = document.createElement('ul');
  list.className = 'docs-hits';
  list.hidden = true;
  search.append(list);
  let index;
  const load = () => (index ??= fetch(search.dataset.index).then((answer) => (answer.ok ? answer.json() : { pages: [] })));
  const find = async () => {
    const asked = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const { base, pages } = await load();
    // Someone may have typed on meanwhile.
    if (asked.join() !== input.value.toLowerCase().split(/\s+/).filter(Boolean).join()) return;
    const hits = [];
    for (const [slug, title, marks] of asked.length ? pages : []) {
      for (const [id, name, about] of [['', title, ''], ...marks]) {
        const text = `${name} ${about ?? ''} ${title}`.toLowerCase();
        if (!asked.every((word) => text.includes(word))) continue;
        const own = name.toLowerCase();
        const first = asked.join(' ');
        const rank = own === first ? 0 : own.startsWith(first) ? 1 : asked.every((word) => own.includes(word)) ? 2 : 3;
        hits.push({ rank, href: `${base}/${slug}${id && '#'}${id}`, name, title });
      }
    }
    hits.sort((one, other) => one.rank - other.rank);
    list.replaceChildren(
      ...hits.slice(0, 12).map(({ href, name, title }) => {
        const [item, link, where] = ['li', 'a', 'span'].map((tag) => document.createElement(tag));
        link.href = href;
        link.textContent = name;
        where.textContent = name === title ? '' : title;
        link.append(where);
        item.append(link);
        return item;
      }),
    );
    list.hidden = !hits.length;
  };
  input.addEventListener('focus', load, { once: true });
  input.addEventListener('input', find);
  search.addEventListener('keydown', ({ key }) => key === 'Escape' && (list.hidden = true));
  search.addEventListener('focusout', ({ relatedTarget }) => search.contains(relatedTarget) || (list.hidden = true));
  list.addEventListener('click', () => (list.hidden = true));
}

const pkce = document.querySelector('.docs-pkce');
// Browsers hash only on pages that came by https or from this computer; otherwise the form asks the server.
if (pkce && crypto.subtle) {
  const input = pkce.querySelector('input');
  const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  const show = async () => {
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(input.value));
    const valid = /^[A-Za-z0-9._~-]{43,128}$/.test(input.value);
    pkce.querySelector('output').textContent = valid ? base64url(hash) : pkce.dataset.error;
  };
  const random = pkce.querySelector('[data-random]');
  random.hidden = false;
  random.addEventListener('click', () => {
    input.value = base64url(crypto.getRandomValues(new Uint8Array(32)));
    show();
  });
  input.addEventListener('input', show);
  pkce.addEventListener('submit', (event) => {
    event.preventDefault();
    show();
  });
}
