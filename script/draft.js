// Saves a draft while a person types, and says when their session is about to end.
const form = document.getElementById('draft-form');
if (form) {
  const state = document.getElementById('draft-state');
  const warning = document.getElementById('session-warning');
  const text = document.getElementById('session-warning-text');
  const { saving, unsaved, stale, ending, ended } = form.dataset;
  const after = (seconds) => Date.now() + Number(seconds) * 1000;
  let ends = after(form.dataset.seconds);
  let on = 'autosave' in form.dataset;
  let dirty = false;
  let timer;
  let running;

  // Shows the saved version in the address, so that a reload comes back to it.
  const follow = (draft) => {
    form.elements.draft.value = draft;
    const here = new URL(location.href);
    here.searchParams.set('draft', draft);
    for (const name of ['from', 'another', 'form', 'done', 'why']) here.searchParams.delete(name);
    here.hash = '';
    history.replaceState(history.state, '', here);
  };
  const save = async () => {
    dirty = false;
    state.textContent = saving;
    // Files are sent with the button alone.
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
    body.set('then', 'background');
    try {
      const reply = await fetch(form.action, { method: 'POST', body, keepalive: true });
      if (new URL(reply.url).pathname.startsWith('/signin')) {
        ends = 0;
        warn();
        throw new Error(ended);
      }
      const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
      const { draft, seconds, wrong } = page.getElementById('draft-answer').dataset;
      if (wrong !== undefined) {
        on = false;
        state.textContent = stale;
        return;
      }
      follow(draft);
      ends = after(seconds);
      state.textContent = page.getElementById('draft-answer').textContent;
      warn();
    } catch {
      dirty = true;
      state.textContent = ends <= Date.now() ? ended : unsaved;
      later(10000);
    }
  };
  const run = () => {
    clearTimeout(timer);
    running ??= save().finally(() => {
      running = undefined;
    });
    return running;
  };
  const later = (milliseconds) => {
    clearTimeout(timer);
    if (on) timer = setTimeout(run, milliseconds);
  };
  const warn = () => {
    const left = ends - Date.now();
    warning.hidden = 120000 < left;
    const sentence = left <= 0 ? ended : ending;
    if (!warning.hidden && text.textContent !== sentence) text.textContent = sentence;
  };

  const typed = () => {
    dirty = true;
    later(1500);
  };
  form.addEventListener('input', typed);
  form.addEventListener('change', typed);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && dirty && on) run();
  });
  document.getElementById('session-stay').addEventListener('click', run);
  setInterval(warn, 5000);
  // A button waits for the saving that is under way, so that the two do not take each other for another tab.
  form.addEventListener('submit', (event) => {
    on = false;
    clearTimeout(timer);
    if (!running) return;
    event.preventDefault();
    running.finally(() => form.requestSubmit(event.submitter));
  });
}
