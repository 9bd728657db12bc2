// Package sheet reads rows from CSV files and XLSX workbooks, and writes them.
package sheet
