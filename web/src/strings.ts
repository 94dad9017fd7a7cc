// Every word that the page shows, by part of the page. Functions take what stands in the middle of a sentence.
export const strings = {
  app: {
    name: 'Dusk',
    skip: 'Skip to content',
    menu: 'Menu',
    close: 'Close',
    navigation: 'Main',
    loading: 'Loading…',
    notFound: 'There is no such page',
    notFoundHelp: 'The address may be mistyped. Search takes a height, a block, a transaction, an account or a contract.',
    pageFailed: 'This page could not be loaded',
    retry: 'Try again',
    theme: 'Theme',
    themes: { auto: 'As the system', light: 'Light', dark: 'Dark' },
  },
  nav: {
    overview: 'Overview',
    wallet: 'Wallet',
  },
  overview: {
    title: 'Overview',
  },
  wallet: {
    title: 'Wallet',
  },
};
