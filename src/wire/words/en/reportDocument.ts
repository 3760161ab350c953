export const reportDocument = {
  hidden: 'hidden',
  hidden_why:
    '“hidden”: a small number, or one from which a small number would follow; it is not shown so that no child can be recognised.',
  page_of: 'Page {{page}} of {{pages}}',
  row_head: 'Item',
  chart_of: 'Bar chart. {{caption}}. {{figures}}.',
  figures: 'Figures of the chart',
  goes_on: '{{caption}} (continued)',
  sheet_about: 'About',
  draft: 'Draft',
  draft_note: 'Draft: the report is not published, its figures may change.',
} as const
