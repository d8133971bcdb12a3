/**
 * The texts in simplified Chinese; its keys are those of every language.
 *
 * `{name}` is replaced by a value, as plain text. Of two forms apart by `|` the first is for the number 1.
 */
export default {
  trigger: '搜索',
  label: '搜索本站',
  placeholder: '输入字词，随打随搜',
  clear: '清空',
  close: '关闭',
  loading: '正在搜索……',
  results: '搜索结果',
  count: '找到 {n} 条',
  none: '没有找到',
  took: '{ms} 毫秒',
  more: '再显示 {n} 条',
  untitled: '（无题）',
  beginning: '「{text}」',
  copies: '同文另见',
  places: '命中在文中的位置',

  some: '没有同时包含“{query}”的页面，以下包含其中一部分。',
  applied: '没有找到“{query}”，以下是“{other}”的结果。',
  accidental: '字面上含有“{query}”的排在最前，其后是“{other}”的结果。',
  alternatives: '也可能是：',
  literally: '仍然搜索“{query}”',
  offered: '您是不是要找：',
  completions: '输入建议',
  completionsSpoken: '{n} 条输入建议',
  noneTitle: '没有找到“{query}”',
  noneAdvice: '可以少写几个字，换一个说法，或者改用拼音。',
  noneFiltered: '所选的筛选条件可能太窄。',

  history: '最近搜过',
  forget: '删除“{query}”',
  forgetAll: '全部删除',

  filters: '筛选',
  filtersChosen: '筛选（{n}）',
  clearFilters: '清除筛选',
  sort: '排序',
  best: '相关程度',
  'date asc': '由旧到新',
  'date desc': '由新到旧',
  'number asc': '由小到大',
  'number desc': '由大到小',
  'text asc': '顺序',
  'text desc': '倒序',

  keyMove: '选择',
  keyOpen: '打开',
  keyClose: '关闭',

  failed: '暂时不能搜索',
  retry: '再试一次',
  noWasm: '这个浏览器或本站的安全策略不允许 WebAssembly。请换用较新的浏览器；站长请在 script-src 中加上 ‘wasm-unsafe-eval’。',
  loadFailed: '搜索模块没有载入。请检查网络连接，然后再试一次；您输入的文字会保留。',
  damaged: '索引已损坏，或与程序的版本不一致。请再试一次；如果仍然如此，站长请重新部署全部文件。',
  unknown: '搜索出了意外。请再试一次，或者刷新页面。',
};
