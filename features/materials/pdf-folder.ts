// Owns where the built web has what pdf.js needs beside its code. Named by its version: browsers keep these files for a year.
export const pdfFolder = '/assets/pdf-6.5.438';
export const pdfWorkerName = 'pdf.worker.js';
