// Owns reading a browser's and a system's name and version from what the browser tells. Pure.

const browsers: readonly [name: string, pattern: RegExp][] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+[.\d]*).*Safari/],
];
const systems: readonly [name: string, pattern: RegExp][] = [
  ['iPhone, iOS', /iPhone OS (\d+)/],
  ['iPad, iPadOS', /iPad.*OS (\d+)/],
  ['Android', /Android (\d+)/],
  ['ChromeOS', /CrOS/],
  ['Windows', /Windows NT/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
];

function firstOf(list: readonly [string, RegExp][], text: string): string {
  for (const [name, pattern] of list) {
    const match = pattern.exec(text);
    if (match) return match[1] ? `${name} ${match[1]}` : name;
  }
  return '';
}

export const browserName = (userAgent: string): string => firstOf(browsers, userAgent) || 'Unknown';
export const systemName = (userAgent: string): string => firstOf(systems, userAgent) || 'Unknown';
