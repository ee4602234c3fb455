<?php
/**
 * Pencarian Telusur di tema WordPress: salin ke functions.php tema anak Anda.
 *
 * - Kotak cari tema (get_search_form) mengirim ke Telusur.
 * - [telusur] menaruh komponen di halaman mana pun, [telusur formulir="ya"] formulir biasa.
 */

// Ganti dengan alamat Telusur Anda, diakhiri garis miring.
defined( 'TELUSUR_ALAMAT' ) || define( 'TELUSUR_ALAMAT', 'https://cari.example/' );

function telusur_formulir() {
	return sprintf(
		'<form role="search" method="get" class="search-form" action="%s">'
		. '<label><span class="screen-reader-text">%s</span>'
		. '<input type="search" class="search-field" name="q" value="%s"></label>'
		. '<button type="submit" class="search-submit">%s</button></form>',
		esc_url( TELUSUR_ALAMAT ),
		esc_html__( 'Cari artikel', 'telusur' ),
		esc_attr( get_search_query( false ) ),
		esc_html__( 'Cari', 'telusur' )
	);
}
add_filter( 'get_search_form', 'telusur_formulir' );

function telusur_kode( $atribut ) {
	$atribut = shortcode_atts( array( 'formulir' => '' ), $atribut, 'telusur' );
	if ( $atribut['formulir'] ) {
		return telusur_formulir();
	}
	wp_enqueue_script( 'telusur', TELUSUR_ALAMAT . 'embed.js', array(), null, true );
	return '<telusur-search></telusur-search>';
}
add_shortcode( 'telusur', 'telusur_kode' );

// Komponen adalah modul: browser memuatnya dengan type="module".
function telusur_modul( $tag, $nama, $alamat ) {
	return 'telusur' === $nama
		? sprintf( "<script type=\"module\" src=\"%s\"></script>\n", esc_url( $alamat ) ) // phpcs:ignore
		: $tag;
}
add_filter( 'script_loader_tag', 'telusur_modul', 10, 3 );
