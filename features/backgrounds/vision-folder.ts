// Owns where the built web has the files that tell a person from what is behind them. Named by their version: browsers keep them for a year.
export const visionFolder = '/assets/vision-0.10.14';
export const personModelName = 'person.tflite';
