/** The loaders of the image codecs as CommonJS. They set `import.meta.url` where it is missing, which CommonJS cannot say. */
import swc from '@swc/jest';

const inner = swc.createTransformer({
  jsc: { parser: { syntax: 'ecmascript' }, target: 'es2024' },
  module: { type: 'commonjs' },
});
const withoutAssignment = (text) => text.replaceAll(/import\.meta\.url ?= ?(?=["'])/g, '');

export default {
  canInstrument: false,
  getCacheKey: (text, path, options) => inner.getCacheKey(withoutAssignment(text), path, options),
  process: (text, path, options) => inner.process(withoutAssignment(text), path, options),
};
