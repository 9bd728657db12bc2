// Package listing has the words of what is listed: vendors, accounts and fields, as tables and for programs.
package listing
