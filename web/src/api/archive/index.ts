// The past, of a dusk node that keeps an archive (routes below /archive). Only final blocks are in it.
export * from './accounts';
export * from './committees';
export * from './contracts';
export { fileOf, type Page } from './pages';
export * from './transactions';
export * from './whole';
