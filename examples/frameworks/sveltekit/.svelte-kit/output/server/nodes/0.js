

export const index = 0;
export const imports = ["_app/immutable/nodes/0.4Z2BILNH.js","_app/immutable/chunks/Ov_AgsIi.js"];
export const stylesheets = [];
export const fonts = [];
