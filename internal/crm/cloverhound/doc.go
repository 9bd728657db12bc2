// Package cloverhound is the client of the contacts API of Cloverhound.
package cloverhound
