import './styles/tokens.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { router } from './router.svelte';
import { theme } from './theme.svelte';

theme.restore();
router.start();

const target = document.getElementById('app');
if (target) mount(App, { target });
