// Says how much of what an app asks for is selected.
const line = document.getElementById('shared-count');
if (line) {
  const count = () => {
    const chosen = document.querySelectorAll('[data-counted]:checked').length;
    line.textContent = chosen ? line.dataset.some.replace('#', chosen) : line.dataset.none;
  };
  document.addEventListener('change', count);
  // Going back, the browser may have kept the boxes as they were.
  addEventListener('pageshow', count);
}
