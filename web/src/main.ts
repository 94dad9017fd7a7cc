import './styles/tokens.css';
import './styles/base.css';
import './styles/table.css';
import { mount } from 'svelte';
import { chain } from './api/chain.svelte';
import App from './App.svelte';
import { router } from './router.svelte';
import { theme } from './theme.svelte';

theme.restore();
router.start();
void chain.start();

const target = document.getElementById('app');
if (target) mount(App, { target });
