<?php
// The few functions of WordPress that the snippet calls, as their reference describes them, and what a page prints.
$filters    = array();
$shortcodes = array();
$scripts    = array();

function add_filter( $name, $function, $priority = 10, $arguments = 1 ) {
	global $filters;
	$filters[ $name ] = $function;
}
function add_shortcode( $name, $function ) {
	global $shortcodes;
	$shortcodes[ $name ] = $function;
}
function shortcode_atts( $defaults, $given, $name ) {
	return array_merge( $defaults, array_intersect_key( $given, $defaults ) );
}
function wp_enqueue_script( $name, $address, $needs, $version, $in_footer ) {
	global $scripts;
	$scripts[ $name ] = $address;
}
function escaped( $text ) {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function esc_url( $address ) {
	return escaped( $address );
}
function esc_attr( $text ) {
	return escaped( $text );
}
function esc_html__( $text, $domain ) {
	return escaped( $text );
}
function get_search_query( $escaped ) {
	return getenv( 'ASKED' );
}

define( 'TELUSUR_ALAMAT', getenv( 'ADDRESS' ) );
require $argv[1];

echo $filters['get_search_form']( 'the form of the theme' ), "\n";
echo $shortcodes['telusur']( array( 'formulir' => 'ya' ) ), "\n";
echo $shortcodes['telusur']( array() ), "\n";
foreach ( $scripts as $name => $address ) {
	echo $filters['script_loader_tag']( '<script src="x"></script>', $name, $address );
}
echo $filters['script_loader_tag']( '<script src="tema.js"></script>', 'tema', 'tema.js' );
