// Package account is where the vendors are known: what the user of each has to know, as data (vendors.go, the only
// list of them), what can be done with each of their resources, and how an account is reached: its settings and keys,
// its pace, the pause that the vendor has asked for, the connection itself, or the sandbox in its place.
//
// Nothing above this package knows the type of a vendor's contacts: Resource erases it, and hands out what package
// importer and package exporter do as plain interfaces. It knows no flags and no terminal: options go in, and an
// Observer is told.
package account
