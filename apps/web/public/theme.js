// Sets the chosen theme before the first paint, so that nothing flashes. The choice itself is platform/ui/theme.ts.
try {
  const choice = localStorage.getItem('stagedoor.theme');
  if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice;
} catch {
  // Storage can be forbidden; then the system's theme holds.
}
