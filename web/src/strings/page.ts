// What all pages share: the frame around them, labels, search.
import { plural } from './plural';

export const app = {
  name: 'Dusk',
  dusk: 'DUSK',
  lux: 'LUX',
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
  copy: 'Copy',
  copied: 'Copied',
  export: 'Save as a file',
  exactAmount: (dusk: string, lux: string) => `${dusk} DUSK = ${lux} LUX`,
  none: 'none',
  yes: 'yes',
  no: 'no',
  more: 'Show more',
  all: 'All',
  connections: {
    connecting: 'Connecting',
    live: 'Live',
    lost: 'Reconnecting',
  },
  connectionHelp: {
    connecting: 'The page is asking the node for the first time.',
    live: 'The node tells of every block as it comes.',
    lost: 'The connection to the node is lost. What is shown may be old; the page goes on trying.',
  },
  unreachable: (why: string) => `${why}. The page tries again by itself.`,
  behind: (blocks: number) => `This node is catching up: ${plural(blocks, 'block')} behind the network. What it shows is not yet the present.`,
  stalled: 'The chain does not move: this node has seen no new block for longer than it should take.',
};

export const nav = {
  overview: 'Overview',
  blocks: 'Blocks',
  transactions: 'Transactions',
  mempool: 'Mempool',
  accounts: 'Accounts',
  contracts: 'Contracts',
  provisioners: 'Provisioners',
  network: 'Network',
  consensus: 'Consensus',
  wallet: 'Wallet',
  node: 'This node',
};

export const labels = {
  names: { accepted: 'Accepted', attested: 'Attested', confirmed: 'Confirmed', final: 'Final' },
  help: {
    accepted: 'In the chain with a quorum. An earlier attempt at this height is not proven to have failed, so another block could still take its place.',
    attested: 'In the chain with a quorum, and every earlier attempt at this height is proven to have failed.',
    confirmed: 'Enough blocks have been built on it that it is very unlikely to be replaced.',
    final: 'It can never be taken back.',
  },
  waiting: 'Waiting',
  waitingHelp: 'In the mempool of this node, in no block yet.',
};

export const families = {
  names: { public: 'Public', shielded: 'Shielded' },
  help: {
    public: 'Moonlight: sender, receiver and amount are in the open.',
    shielded: 'Phoenix: sender, receiver and amount are hidden; a proof shows that the sums are right.',
  },
};

export const search = {
  title: 'Search',
  label: 'Search by height, hash, transaction, account or contract',
  placeholder: 'Height, hash, transaction, account, contract…',
  hint: 'Press / to search',
  looking: (what: string) => `Looking for ${what}…`,
  nothing: (what: string) => `Nothing on this node fits “${what}”`,
  nothingHelp: 'Search takes a height, the 64 digits of a block, a transaction or a contract, an account (base58). Where the node keeps an archive also the first six digits or more of a hash, or the exact text of a memo.',
  future: (tip: string) => `The chain has not come that far: its last block is ${tip}.`,
  shielded: 'This is a shielded address. Nobody but its owner can see what it has received: that is what it is for. Its owner finds it in the wallet.',
  hits: (count: number) => `${plural(count, 'match', 'matches')}`,
  hitKinds: { block: 'Block', transaction: 'Transaction', contract: 'Contract' },
  memoResults: (count: number) => `${plural(count, 'transaction')} with exactly this memo`,
};
