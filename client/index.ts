/** Everything that the package gives: the one place that other projects import from. */
// biome-ignore-all lint/performance/noBarrelFile: a package has one entry; within the project files import each other
export type { FieldError, ProblemCode } from '../shared/product/problems.ts';
export type { ActionReply, Actions, Api, CallOptions, Events } from './api.ts';
export { type ClientOptions, createClient, pages } from './client.ts';
export type { SocketConstructor, SocketLike } from './connection.ts';
export { NoAnswerError, ProblemError } from './problem-error.ts';
export { createRoom, type Room, type RoomOptions, type RoomState, type Said } from './room.ts';
export type { ChatEntry } from './room-log.ts';
export type { RoomStore, WaitingMessage } from './room-outbox.ts';
export { createSocket, type Socket, type SocketOptions } from './socket.ts';
