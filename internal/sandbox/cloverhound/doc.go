// Package cloverhound simulates Cloverhound: by its one documented call, and by the conventions of Rails where its page is
// silent.
package cloverhound
