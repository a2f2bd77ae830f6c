// Owns the floor of the slides: what pdf.js alone needs from a click to the first page of a deck, as large as ours. Nothing of Stagedoor runs here.
import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const { file, width, folder, worker } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
GlobalWorkerOptions.workerSrc = `${folder}/${worker}`;
const button = document.querySelector('button') as HTMLButtonElement;
const place = document.querySelector('section') as HTMLElement;

button.onclick = async () => {
  const deck = await getDocument({
    url: file,
    cMapUrl: `${folder}/cmaps/`,
    standardFontDataUrl: `${folder}/standard_fonts/`,
    wasmUrl: `${folder}/wasm/`,
    iccUrl: `${folder}/iccs/`,
  }).promise;
  const page = await deck.getPage(1);
  const viewport = page.getViewport({ scale: width / page.getViewport({ scale: 1 }).width });
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round(viewport.width), Math.round(viewport.height)];
  await page.render({ canvas, viewport }).promise;
  canvas.dataset.page = '1';
  canvas.setAttribute('aria-busy', 'false');
  place.append(canvas);
};
button.disabled = false;
