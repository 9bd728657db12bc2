// Package mapping turns the columns of a spreadsheet into the contacts of a vendor.
//
// One Table per vendor resource drives everything that is known of a field: the headers it is recognised by, how a cell
// becomes a value and back, the documented limits, how two values are compared and merged, and the listing that
// `crmferry fields` prints. The tables are in the files named after the vendors.
package mapping
