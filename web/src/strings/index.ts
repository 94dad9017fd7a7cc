// Every word that the page shows, by part of the page. Functions take what stands in the middle of a sentence.
import { account, contract, contracts } from './accounts';
import { block, blocks, mempool, overview, transaction, transactions } from './ledger';
import { consensus, network, node, provisioners } from './network';
import { app, families, labels, nav, search } from './page';
import { wallet } from './wallet';

export const strings = {
  app, nav, labels, families, search,
  overview, blocks, block, transactions, transaction, mempool,
  account, contracts, contract,
  provisioners, network, consensus, node,
  wallet,
};
