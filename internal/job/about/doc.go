// Package about searches the past runs for what they did to one contact.
package about
