// The wallet of this tab: which ones are kept here, whether one is open, and what it knows. Keys are in the worker.
import { isOpen, applyNews, reservedNotes, type Entry } from './core/journal';
import { chainFacts, type ChainFacts } from './core/chain';
import { EngineClient } from './core/engine_client';
import type { ModuleInfo, ProfileTexts } from './core/engine';
import { fetchModule } from './core/module_source';
import { NodeClient, NodeError, type AccountStatus, type Stake, type Tip } from './core/node';
import { noNotes, notesBalance, type NotesState } from './core/notes';
import type { Permission } from './core/dapp';
import { PrivateState } from './core/private_state';
import { WalletStore, type WalletRecord } from './core/store';
import { syncNotes, type SyncReport } from './core/sync';
import { VaultFailure } from './core/vault';
import { Idle } from './idle';
import { notesFrom, type WalletSource } from './origins';
import { MOST_PROFILES, noSettings, type Contact, type Settings } from './settings';

export type Phase = 'starting' | 'unavailable' | 'none' | 'locked' | 'unlocked';
export type Unavailable = 'no_crypto' | 'no_store' | 'no_node' | 'no_module';

const POLL_MS = 2500;
const POLL_HIDDEN_MS = 15_000;

export class WalletSession {
  phase = $state<Phase>('starting');
  unavailable = $state<Unavailable>('no_node');
  records = $state.raw<WalletRecord[]>([]);
  record = $state.raw<WalletRecord | null>(null);

  chain = $state.raw<ChainFacts | null>(null);
  module = $state.raw<ModuleInfo>({ proves: false, signs: false, opensFiles: false });
  moduleBytes: ArrayBuffer | null = null;
  minimumStake = 0n;
  tip = $state.raw<Tip | null>(null);
  blockTime = $state<number | null>(null);
  nodeProblem = $state<NodeError | null>(null);

  profiles = $state.raw<ProfileTexts[]>([]);
  profile = $state(0);
  accounts = $state.raw<ReadonlyMap<number, AccountStatus>>(new Map());
  stakes = $state.raw<ReadonlyMap<number, Stake | null>>(new Map());
  notes = $state.raw<NotesState>(noNotes());
  notesAreRead = $state(false);
  sync = $state.raw<SyncReport | null>(null);
  entries = $state.raw<Entry[]>([]);
  contacts = $state.raw<Contact[]>([]);
  permissions = $state.raw<Permission[]>([]);
  settings = $state.raw<Settings>(noSettings);

  readonly node = new NodeClient('');
  engine: EngineClient | null = null;
  // What is to end when the wallet locks.
  readonly atLock: (() => void)[] = [];
  private store: WalletStore | null = null;
  private state: PrivateState | null = null;
  private stop: AbortController | null = null;
  private poll: ReturnType<typeof setTimeout> | undefined;
  private idle: Idle | null = null;
  private reading = false;

  readonly texts = $derived(this.profiles[this.profile]);
  readonly account = $derived(this.accounts.get(this.profile));
  readonly stake = $derived(this.stakes.get(this.profile) ?? null);
  readonly shielded = $derived(notesBalance(this.notes, this.profile, reservedNotes(this.entries)));
  readonly pending = $derived(this.entries.filter(isOpen));

  // Once for the tab. Afterwards `phase` says what is to be shown.
  async start(): Promise<void> {
    if (this.phase !== 'starting' && this.phase !== 'unavailable') return;
    this.phase = 'starting';
    if (!globalThis.crypto?.subtle) return this.fail('no_crypto');
    try {
      this.store ??= await WalletStore.open();
      this.records = await this.store.wallets();
    } catch {
      return this.fail('no_store');
    }
    try {
      this.tip = await this.node.tip();
      this.chain = await chainFacts(this.node, this.tip);
    } catch (error) {
      this.nodeProblem = error instanceof NodeError ? error : null;
      return this.fail('no_node');
    }
    try {
      const module = await fetchModule('', this.chain.chainId, this.chain.version);
      this.engine ??= EngineClient.start();
      this.module = await this.engine.call('load', module);
      if (this.module.proves) this.moduleBytes = module;
      this.minimumStake = await this.engine.call('minimumStake');
    } catch {
      return this.fail('no_module');
    }
    this.nodeProblem = null;
    this.record = this.records[0] ?? null;
    this.phase = this.record ? 'locked' : 'none';
    this.idle ??= new Idle(() => {
      this.lockIfIdle();
      if (!document.hidden) void this.tick();
    });
  }

  private fail(why: Unavailable): void {
    this.unavailable = why;
    this.phase = 'unavailable';
  }

  private needEngine(): EngineClient {
    if (!this.engine) throw new Error('not started');
    return this.engine;
  }

  // ---- wallets

  // Keeps a wallet and opens it.
  async create(name: string, source: WalletSource, password: string): Promise<void> {
    if (!this.store) throw new VaultFailure('no_crypto');
    const engine = this.needEngine();
    const secret = await ('phrase' in source
      ? engine.call('create', source.phrase, password)
      : engine.call('createFromFile', source.file, source.filePassword, password));
    const record: WalletRecord = { id: crypto.randomUUID(), name, created: Date.now(), secret };
    await this.store.put(record);
    this.records = await this.store.wallets();
    this.record = record;
    await this.open(record, password, source);
  }

  async unlock(record: WalletRecord, password: string): Promise<void> {
    await this.open(record, password);
  }

  private async open(record: WalletRecord, password: string, source?: WalletSource): Promise<void> {
    if (!this.store || !this.chain) throw new Error('not started');
    const cipher = await this.needEngine().unlock(record.secret, password);
    this.state = new PrivateState(this.store, cipher, record.id, (name) => void this.reload(name));
    this.record = record;
    if (source) {
      const begun = await notesFrom(source.begin, this.node, this.needEngine());
      await this.state.update(this.notesName, noNotes(), () => begun);
    }
    if (source?.profiles) await this.updateSettings({ profiles: Math.min(source.profiles, MOST_PROFILES) });
    for (const name of ['settings', 'contacts', 'permissions', this.journalName, this.notesName]) await this.reload(name);
    this.profiles = await this.needEngine().call('profiles', this.settings.profiles);
    this.profile = 0;
    this.stop = new AbortController();
    this.idle?.touch();
    this.phase = 'unlocked';
    void this.tick();
  }

  lock(): void {
    if (this.phase !== 'unlocked') return;
    this.stop?.abort();
    clearTimeout(this.poll);
    void this.engine?.call('lock');
    for (const close of this.atLock.splice(0)) close();
    this.state?.close();
    this.state = null;
    this.profiles = [];
    this.accounts = new Map();
    this.stakes = new Map();
    this.notes = noNotes();
    this.notesAreRead = false;
    this.sync = null;
    this.entries = [];
    this.contacts = [];
    this.permissions = [];
    this.settings = noSettings;
    this.phase = 'locked';
  }

  async rename(name: string): Promise<void> {
    if (!this.store || !this.record) return;
    await this.replaceRecord({ ...this.record, name });
  }

  async changePassword(password: string, next: string): Promise<void> {
    if (!this.record) return;
    await this.replaceRecord({
      ...this.record,
      secret: await this.needEngine().call('changePassword', this.record.secret, password, next),
    });
  }

  private async replaceRecord(record: WalletRecord): Promise<void> {
    if (!this.store) return;
    await this.store.put(record);
    this.record = record;
    this.records = await this.store.wallets();
  }

  // The words, for who types the password again.
  reveal(password: string): Promise<string> {
    if (!this.record) throw new Error('no wallet');
    return this.needEngine().call('reveal', this.record.secret, password);
  }

  // What a wallet file holds, for who knows its password.
  lookIntoFile(file: Uint8Array, filePassword: string): Promise<{ profiles: number }> {
    return this.needEngine().call('lookIntoFile', file, filePassword);
  }

  // The wallet as an encrypted file, under its password.
  exportFile(password: string): Promise<Uint8Array> {
    if (!this.record) throw new Error('no wallet');
    return this.needEngine().call('exportFile', this.record.secret, password, this.settings.profiles);
  }

  async remove(record: WalletRecord): Promise<void> {
    if (!this.store) return;
    if (record.id === this.record?.id) this.lock();
    await this.store.remove(record.id);
    this.records = await this.store.wallets();
    this.record = this.records[0] ?? null;
    this.phase = this.record ? 'locked' : 'none';
  }

  // ---- private state

  private get journalName(): string {
    return `${this.chain?.key}/journal`;
  }

  private get notesName(): string {
    return `${this.chain?.key}/notes`;
  }

  private async reload(name: string): Promise<void> {
    const { state } = this;
    if (!state) return;
    if (name === 'settings') this.settings = { ...noSettings, ...(await state.read(name, noSettings)) };
    else if (name === 'contacts') this.contacts = await state.read<Contact[]>(name, []);
    else if (name === 'permissions') this.permissions = await state.read<Permission[]>(name, []);
    else if (name === this.journalName) this.entries = await state.read<Entry[]>(name, []);
    else if (name === this.notesName) this.notes = await state.read(name, noNotes());
  }

  async updateEntries(change: (entries: Entry[]) => Entry[]): Promise<void> {
    if (this.state) this.entries = await this.state.update<Entry[]>(this.journalName, [], change);
  }

  async updateSettings(change: Partial<Settings>): Promise<void> {
    if (this.state) this.settings = await this.state.update('settings', noSettings, (before) => ({ ...noSettings, ...before, ...change }));
  }

  async updateContacts(change: (contacts: Contact[]) => Contact[]): Promise<void> {
    if (this.state) this.contacts = await this.state.update<Contact[]>('contacts', [], change);
  }

  async updatePermissions(change: (permissions: Permission[]) => Permission[]): Promise<void> {
    if (this.state) this.permissions = await this.state.update<Permission[]>('permissions', [], change);
  }

  // Its notes are looked for from the beginning: they may be in any block.
  async addProfile(): Promise<void> {
    await this.updateSettings({ profiles: this.settings.profiles + 1 });
    this.profiles = await this.needEngine().call('profiles', this.settings.profiles);
    await this.readNotesAnew();
    this.profile = this.profiles.length - 1;
    await this.refresh();
  }

  async readNotesAnew(): Promise<void> {
    this.stop?.abort();
    this.stop = new AbortController();
    this.notesAreRead = false;
    if (this.state) this.notes = await this.state.update(this.notesName, noNotes(), noNotes);
    void this.readNotes();
  }

  // ---- the chain

  private async tick(): Promise<void> {
    clearTimeout(this.poll);
    if (this.phase !== 'unlocked') return;
    this.lockIfIdle();
    await this.refresh().catch(() => undefined);
    if (this.phase === 'unlocked') this.poll = setTimeout(() => void this.tick(), document.hidden ? POLL_HIDDEN_MS : POLL_MS);
  }

  // Asks the node for all that can have changed.
  async refresh(): Promise<void> {
    try {
      const tip = await this.node.tip();
      const isNew = tip.hash !== this.tip?.hash || this.accounts.size === 0;
      this.tip = tip;
      this.nodeProblem = null;
      if (isNew || this.pending.length > 0) await Promise.all([this.refreshAccounts(), this.refreshEntries(tip)]);
      if (isNew) this.blockTime = await this.node.blockTime();
      if (isNew || !this.notesAreRead) void this.readNotes();
    } catch (error) {
      if (!(error instanceof NodeError)) throw error;
      this.nodeProblem = error;
      throw error;
    }
  }

  private async refreshAccounts(): Promise<void> {
    const accounts = await Promise.all(this.profiles.map((texts) => this.node.account(texts.account)));
    const stakes = await Promise.all(this.profiles.map((texts) => this.node.stake(texts.account)));
    this.accounts = new Map(accounts.map((account, i) => [i, account]));
    this.stakes = new Map(stakes.map((stake, i) => [i, stake]));
  }

  private async refreshEntries(tip: Tip): Promise<void> {
    const ids = this.pending.map((entry) => entry.id);
    if (ids.length === 0) return;
    const spent = await this.node.spent(ids);
    const waiting = await this.node.waiting(ids.filter((id) => !spent.has(id)));
    await this.updateEntries((entries) => applyNews(entries, { spent, waiting, finalHeight: tip.finalHeight, now: Date.now() }));
  }

  private async readNotes(): Promise<void> {
    const { tip, stop, engine } = this;
    if (this.reading || !tip || !stop || !engine || !this.chain?.shieldedWorks) return;
    this.reading = true;
    let lastSave = 0;
    const save = (notes: NotesState) => {
      this.notes = notes;
      if (Date.now() - lastSave < 1500) return;
      lastSave = Date.now();
      void this.state?.update(this.notesName, noNotes(), () => notes);
    };
    try {
      const notes = await syncNotes(
        this.node,
        (from, profiles, report, signal) => engine.scan(new URL('/', location.href).origin, from, profiles, report, signal),
        this.notes,
        this.profiles.map((_, i) => i),
        tip,
        save,
        (progress) => (this.sync = progress),
        stop.signal,
      );
      if (stop.signal.aborted) return;
      this.notes = notes;
      this.notesAreRead = true;
      await this.state?.update(this.notesName, noNotes(), () => notes);
    } catch (error) {
      if (error instanceof NodeError) this.nodeProblem = error;
      else if (!stop.signal.aborted) throw error;
    } finally {
      this.reading = false;
      this.sync = null;
    }
  }

  // ---- locking by itself

  private lockIfIdle(): void {
    const isBusy = this.proving > 0;
    if (this.phase === 'unlocked' && !isBusy && this.idle?.longerThan(this.settings.lockMinutes)) this.lock();
  }

  // A proof takes a while: the wallet does not lock under it.
  proving = $state(0);
}

export const wallet = new WalletSession();
