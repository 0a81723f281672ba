// The vocabularies that are spoken here, under the names that stand in the documents.

/** SOAP 1.2 (W3C, 2007). */
export const SOAP = "http://www.w3.org/2003/05/soap-envelope";
/** WS-Addressing 1.0. */
export const ADDRESSING = "http://www.w3.org/2005/08/addressing";
/** WS-Security 1.0: who the user is. */
export const SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
/** WS-Security 1.0: ids and times. */
export const SECURITY_UTILITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
/** WS-Policy 1.2, which ADFS speaks and with it everybody. */
export const POLICY = "http://schemas.xmlsoap.org/ws/2004/09/policy";
/** WSDL 1.1. */
export const WSDL = "http://schemas.xmlsoap.org/wsdl/";
/** WSDL's binding for SOAP 1.2. */
export const WSDL_SOAP = "http://schemas.xmlsoap.org/wsdl/soap12/";
/** WS-MetadataExchange: several descriptions in one answer. */
export const METADATA = "http://schemas.xmlsoap.org/ws/2004/09/mex";
