document.title = 'This page has been counted';
